"""Where an account stands, and what one can ask for: CONC 7.13 and 7.14 in the United Kingdom, sections 72 and 88 of the
National Credit Code in Australia (LAW: UK-CONC-OTHER, UK-CONC-7.3, UK-CONC-7.9, UK-BREATHING-SPACE, AU-NCC-HARDSHIP, AU-RG96)."""

from __future__ import annotations

from datetime import date

from duecourse.connectors.documents.blocks import Document, Facts, Heading, Points, Text
from duecourse.connectors.documents.saying import Letterhead, Money, Saying

_LANDS = {"GB": "gb", "AU": "au"}


def information(
    head: Letterhead,
    *,
    open_: Money,
    late: Money,
    charges: Money,
    late_since: date | None,
    last_paid: tuple[date, Money] | None,
) -> Document:
    """The figures of one customer, and the rights of their country."""
    say = Saying(head)
    title = say("information.title")
    rows = [(say("information.open"), say.money(open_)), (say("information.late"), say.money(late))]
    rows += [(say("information.since"), say.day(late_since))] if late_since else []
    rows += [(say("information.charges"), say.money(charges))]
    rows += [
        (
            say("information.last_paid"),
            f"{say.money(last_paid[1])}, {say.day(last_paid[0])}" if last_paid else say("none"),
        )
    ]
    rights = say.each(f"information.{_LANDS.get(head.to.country, 'other')}")
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, (
        Heading(title), say.greeting(), Text(say("information.intro")), Heading(say("information.facts_of"), 2),
        Facts(tuple(rows)), Heading(say("information.your_rights"), 2), Points(rights), *say.paying(), *say.closing(),
    ))  # fmt: skip
