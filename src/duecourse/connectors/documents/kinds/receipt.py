"""Receipt for a payment: what arrived, what it paid for, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duecourse.connectors.documents.blocks import Amount, Document, Heading, Table, Text
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


@dataclass(frozen=True)
class Share:
    """What one debt got of the payment, and what is left of it."""

    what: str
    paid_minor: int
    left_minor: int


def receipt(head: Letterhead, *, paid: Money, paid_on: date, shares: Sequence[Share], still_open: Money) -> Document:
    """`still_open` is all that the customer owes in that currency after it."""
    say = Saying(head)
    title = say("receipt.title")
    rows = tuple(
        (
            share.what,
            say.money(Money(share.paid_minor, paid.currency)),
            say.money(Money(share.left_minor, paid.currency)) if share.left_minor else say("receipt.settled"),
        )
        for share in shares
    )
    rest = say("receipt.left", total=say.money(still_open)) if still_open.minor > 0 else say("receipt.done")
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, (
        Heading(title), say.greeting(),
        Amount(say.money(paid), say("receipt.paid", creditor=head.sender.name, date=say.day(paid_on))),
        Table(say.each("receipt.head"), rows, amounts=2), Text(rest), *(say.paying() if still_open.minor > 0 else ()),
        *say.closing(),
    ))  # fmt: skip
