"""Words of a language with their places filled, and what every document shares: how to pay, how to get help, who signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from babel import Locale
from babel.dates import format_date

from duecourse.connectors.channels.words import amount, day, locale
from duecourse.connectors.documents.blocks import Block, Code, Facts, Heading, Party, Sign, Text
from duecourse.connectors.documents.wording import wording


@dataclass(frozen=True)
class Money:
    """An amount in minor units of a currency."""

    minor: int
    currency: str


@dataclass(frozen=True)
class Letterhead:
    """What every document says of its two sides. `pay_url` is the customer's page; `advice` line and address of free help."""

    sender: Party
    to: Party
    language: str
    on: date
    reference: str
    salutation: str = ""
    signed_by: str = ""
    pay_url: str = ""
    bank_details: str = ""
    advice: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Saying:
    """`saying("receipt.paid", creditor="Ann")` is the sentence in the customer's language."""

    head: Letterhead
    where: Locale = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", locale(self.head.language, self.head.to.country or self.head.sender.country))

    def __call__(self, name: str, /, **values: str) -> str:
        found = wording(self.head.language)
        for part in name.split("."):
            found = found[part]
        return str(found).format_map(values)

    def each(self, name: str, /, **values: str) -> tuple[str, ...]:
        """A list of sentences."""
        kind, _, key = name.partition(".")
        return tuple(str(words).format_map(values) for words in wording(self.head.language)[kind][key])

    def money(self, value: Money) -> str:
        return amount(value.minor, value.currency, self.where)

    def day(self, when: date, *, to_act: bool = False) -> str:
        """A date in words; with its weekday where it is a date to act by."""
        return day(when, self.where, weekday=True) if to_act else format_date(when, "long", locale=self.where)

    def greeting(self) -> Text:
        return Text(self("greeting", name=self.head.salutation or self.head.to.name))

    def paying(self) -> Iterable[Block]:
        """How to pay: the page by its code and address, the bank where it is known."""
        head = self.head
        if not head.pay_url and not head.bank_details:
            return
        yield Heading(self("pay_heading"), 2)
        if head.pay_url:
            yield Code(head.pay_url, self("pay_code"), self("pay_alt"))
        if head.bank_details:
            yield Facts(((self("bank"), head.bank_details), (self("bank_reference"), head.reference)))

    def closing(self) -> Iterable[Block]:
        """Help, queries, the person who signs, and advice that is not ours."""
        yield Text(self("help"))
        yield Text(self("wrong"))
        if self.head.signed_by:
            yield Sign(self.head.signed_by, tuple(p for p in (self.head.sender.name, self.head.sender.contact) if p))
        line, url = self.head.advice
        if line:
            yield Text(self("advice", line=line, url=url), small=True)
