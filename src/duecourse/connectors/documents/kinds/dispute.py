"""Answers to a dispute: that it was opened and what pauses, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from duecourse.connectors.documents.blocks import Block, Document, Facts, Heading, Points, Text
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


def dispute_opened(head: Letterhead, *, claim: str, answer_by: date) -> Document:
    """`claim`: what the customer said, in their words."""
    say = Saying(head)
    title = say("dispute.title_opened")
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, (
        Heading(title), say.greeting(), Text(say("dispute.opened", claim=claim)), Text(say("dispute.opened_pause")),
        Text(say("dispute.opened_by", by=say.day(answer_by, to_act=True))), *say.closing(),
    ))  # fmt: skip


def dispute_closed(
    head: Letterhead,
    *,
    outcome: Literal["upheld", "part", "rejected"],
    found: str,
    before: Money,
    now: Money,
    evidence: Sequence[str] = (),
) -> Document:
    """`found`: our reasons in plain words; `evidence`: what we looked at (copies go with it)."""
    say = Saying(head)
    title = say(f"dispute.title_{outcome}")
    blocks: list[Block] = [Heading(title), say.greeting()]
    blocks += [Text(say("dispute.sorry"))] if outcome != "rejected" else []
    blocks += [Heading(say("dispute.found"), 2), Text(found)]
    blocks += [Facts(((say("dispute.before"), say.money(before)), (say("dispute.now"), say.money(now))))]
    blocks += [Heading(say("dispute.enclosed"), 2), Points(tuple(evidence))] if evidence else []
    blocks += [Text(say("dispute.disagree"))]
    blocks += say.paying() if now.minor > 0 else []
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, (*blocks, *say.closing()))
