"""The validation notice of 12 CFR 1006.34, in the order and nearly the words of model form B-1 (appendix B).

Every item of 1006.34(c) has its sentence here; `items` names them, so that a test and the gate can count them. Words that the
model form fixes stay as they are: they carry the safe harbour of 1006.34(d)(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duecourse.connectors.documents.blocks import (
    Addresses,
    Block,
    Cut,
    Document,
    Facts,
    Heading,
    Table,
    Text,
    Ticks,
)  # fmt: skip
from duecourse.connectors.documents.saying import Letterhead, Money, Saying


@dataclass(frozen=True)
class Validation:
    """One debt. The five amounts since `itemization_on` come to what is owed now; a payment or credit is positive.

    `financial`: of a consumer financial product or service, so that the original creditor and the Bureau's page are named.
    `end_on`: last day of the validation period, from `core.law.validation_period`. `respond_url`: where to dispute online.
    """

    creditor: str
    original_creditor: str
    account: str
    itemization_on: date
    currency: str
    on_date_minor: int
    interest_minor: int
    fees_minor: int
    payments_minor: int
    credits_minor: int
    end_on: date
    financial: bool
    respond_url: str

    @property
    def now_minor(self) -> int:
        return self.on_date_minor + self.interest_minor + self.fees_minor - self.payments_minor - self.credits_minor


def validation(head: Letterhead, debt: Validation) -> Document:
    """`head.sender` is the collector with the address for disputes, `head.to` the consumer with theirs."""
    say = Saying(head)
    money = lambda minor: say.money(Money(minor, debt.currency))  # noqa: E731
    since, end = say.day(debt.itemization_on), say.day(debt.end_on)
    sums = (
        ("on_date", debt.on_date_minor), ("interest", debt.interest_minor), ("fees", debt.fees_minor),
        ("payments", debt.payments_minor), ("credits", debt.credits_minor),
    )  # fmt: skip
    facts = [(say("validation.now_owed"), debt.creditor)]
    facts += [(say("validation.account"), debt.account)] if debt.account else []
    facts += [(say("validation.had", original=debt.original_creditor), since)] if debt.financial else []
    title = say("validation.title")
    blocks: list[Block] = [
        Heading(title),
        Text(say("validation.who", collector=head.sender.name, creditor=debt.creditor)),
        Heading(say("validation.what"), 2),
        Facts(tuple(facts)),
        Table(
            say.each("validation.head"),
            tuple((say(f"validation.{name}", date=since), money(minor)) for name, minor in sums),
            (say("validation.total"), money(debt.now_minor)),
        ),
        Heading(say("validation.rights"), 2),
        Text(say("validation.call", end=end)),
        Text(say("validation.write", end=end)),
        Heading(say("validation.original"), 2),
        Text(say("validation.original_words", end=end)),
        Text(say("validation.electronic", url=debt.respond_url)),
        *([Text(say("validation.cfpb"))] if debt.financial else []),
        Text(say("validation.options")),
        *([Text(say("validation.spanish"))] if say("validation.spanish") else []),
        Cut(),
        Heading(say("validation.respond"), 2),
        Text(say("validation.check"), strong=True),
        Text(say("validation.dispute")),
        Ticks((*say.each("validation.reasons"), say("validation.name_please"))),
        Addresses(
            (
                (say("validation.mail_to"), head.sender.lines),
                (say("validation.your_address"), head.to.lines),
            )
        ),
    ]
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, tuple(blocks))
