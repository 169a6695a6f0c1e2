"""Statement of account: what was billed and paid in a period, and what is open at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duecourse.connectors.documents.blocks import Amount, Document, Heading, Table, Text
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


@dataclass(frozen=True)
class Movement:
    """One entry. `minor` is positive where the customer owes more by it."""

    on: date
    what: str
    minor: int


def statement(head: Letterhead, *, since: date, until: date, opening: Money, movements: Sequence[Movement]) -> Document:
    """The balances are added here from `opening` on, so the last line and the loud amount cannot differ."""
    say = Saying(head)
    open_minor, rows = opening.minor, []
    rows.append((say.day(since), say("statement.opening"), "", say.money(opening)))
    for move in movements:
        open_minor += move.minor
        money = Money(move.minor, opening.currency)
        rows.append((say.day(move.on), move.what, say.money(money), say.money(Money(open_minor, opening.currency))))
    end = say.day(until)
    title = say("statement.title", creditor=head.sender.name)
    owed = (
        Amount(say.money(Money(open_minor, opening.currency)), say("statement.balance", until=end))
        if open_minor > 0
        else Text(say("statement.nothing"))
    )
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, (
        Heading(title), say.greeting(), owed, Text(say("statement.intro", since=say.day(since), until=end)),
        Table(say.each("statement.head"), tuple(rows), amounts=2), *(say.paying() if open_minor > 0 else ()), *say.closing(),
    ))  # fmt: skip
