"""What both sides agreed: instalments, a later date, or a settlement. Consent of both sides is printed, with when and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from duecourse.connectors.documents.blocks import Amount, Block, Document, Facts, Heading, Lines, Table, Text
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


@dataclass(frozen=True)
class Consent:
    """Who agreed, when, and how (in words, such as "on the page" or "by phone")."""

    who: str
    on: date
    how: str


class NotWhole(ValueError):
    """The terms do not add up."""


def agreement(
    head: Letterhead,
    *,
    kind: Literal["instalments", "extension", "settlement"],
    debts: Sequence[tuple[str, int]],
    parts: Sequence[tuple[date, int]],
    currency: str,
    agreed_on: date,
    consents: tuple[Consent, Consent] | None,
    fees_minor: int = 0,
    how: str = "",
) -> Document:
    """`debts` (what, minor) are covered by `parts` (date, minor); `fees_minor` is what they hold above the debts.

    `consents`: the customer's and ours; None leaves lines to sign on. Raises NotWhole unless the parts come to the debts and
    fees (a settlement: to no more).
    """
    say = Saying(head)
    whole, paid = sum(minor for _, minor in debts) + fees_minor, sum(minor for _, minor in parts)
    if not parts or (paid > whole if kind == "settlement" else paid != whole):
        raise NotWhole(f"The parts come to {paid} and the debts and fees to {whole}.")
    money = lambda minor: say.money(Money(minor, currency))  # noqa: E731
    title = say(f"agreement.title_{kind}")
    last = say.day(max(on for on, _ in parts), to_act=True)
    says = say(f"agreement.amount_{kind}", count=str(len(parts)), last=last, whole=money(whole))
    blocks: list[Block] = [
        Heading(title),
        say.greeting(),
        Text(say("agreement.intro", customer=head.to.name, creditor=head.sender.name, date=say.day(agreed_on))),
        Amount(money(paid), says),
        Table(
            say.each("agreement.covers"),
            tuple((what, money(minor)) for what, minor in debts),
            (say("total"), money(whole - fees_minor)),
            say("agreement.for"),
        ),
        Table(
            say.each("agreement.head"),
            tuple((say.day(on, to_act=True), money(minor)) for on, minor in sorted(parts)),
            (say("total"), money(paid)),
            say("agreement.schedule"),
        ),
        Text(say("agreement.fees_some", fees=money(fees_minor)) if fees_minor else say("agreement.fees")),
    ]
    blocks += [Heading(say("agreement.how"), 2), Text(how)] if how else say.paying()
    blocks += [
        Heading(say("agreement.miss"), 2),
        *(Text(say(f"agreement.{name}")) for name in ("miss_words", "change", "early")),
        *_consent(say, consents),
        *say.closing(),
    ]
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, tuple(blocks))


def _consent(say: Saying, consents: tuple[Consent, Consent] | None) -> Sequence[Block]:
    if consents is None:
        return [Lines((say("customer"), say("signed_for", name=say.head.sender.name)))]
    rows = zip(("consent_you", "consent_us"), consents, strict=True)
    return [
        Facts(
            tuple(
                (say(f"agreement.{name}"), say("agreement.consent", who=c.who, date=say.day(c.on), how=c.how))
                for name, c in rows
            )
        )
    ]
