"""The customer is told first: what comes next and when, that a way is still open, by when and how (R67)."""

from __future__ import annotations

from datetime import date

from duecourse.connectors.documents.blocks import Amount, Document, Heading, Points, Text
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


def last_resort(head: Letterhead, *, open_: Money, what: str, by: date, agency: str) -> Document:
    """`by`: nothing is passed on before it. `agency`: who is to be asked, by name."""
    say = Saying(head)
    title, until = say("last_resort.title"), say.day(by, to_act=True)
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, (
        Heading(title), say.greeting(), Text(say("last_resort.intro")),
        Amount(say.money(open_), say("last_resort.amount", what=what)),
        Heading(say("last_resort.open"), 2), Points(say.each("last_resort.ways")), Text(say("last_resort.how", by=until)),
        Heading(say("last_resort.next"), 2), Text(say("last_resort.next_words", by=until, agency=agency)),
        Text(say("last_resort.what_it_means", agency=agency)), *say.paying(), *say.closing(),
    ))  # fmt: skip
