"""Random books in plain Python: what a business might have, and things that it should not have."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from duecourse.core.measure.sheet import SCHEMAS, Sheet
from tests.core.measure.random_beyond import add_beyond

TODAY = date(2026, 6, 30)
CURRENCIES = ("GBP", "USD", "JPY")
Row = dict[str, Any]
WORTH = {"GBP": 20_000, "USD": 20_000, "JPY": 200}
CHANNELS = ("email", "sms", "letter", "phone")
COST = {
    currency: dict(zip(CHANNELS, costs, strict=True))
    for currency, costs in {"GBP": (1, 8, 130, 30), "USD": (1, 8, 130, 30), "JPY": (0, 0, 1, 0)}.items()
}


@dataclass
class RandomBook:
    """Rows as dicts in the shape of the sheet's frames."""

    invoices: list[Row] = field(default_factory=list)
    legs: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    named: list[Row] = field(default_factory=list)
    promises: list[Row] = field(default_factory=list)
    instalments: list[Row] = field(default_factory=list)
    under: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    waits: list[Row] = field(default_factory=list)
    complaints: list[Row] = field(default_factory=list)
    arms: list[Row] = field(default_factory=list)
    told: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)

    def sheet(self) -> Sheet:
        return Sheet.of(
            **{name: pl.DataFrame(getattr(self, name), schema=dict(schema)) for name, schema in SCHEMAS.items()}
        )


def random_book(seed: int, *, customers: int = 12) -> RandomBook:
    """Payments in part, late and bounced; credit notes, write-offs, fees; promises and contacts of all kinds."""
    dice, book, ids = random.Random(seed), RandomBook(), iter(range(1, 1_000_000))
    for customer in range(1, customers + 1):
        currencies = dice.sample(CURRENCIES, dice.choice((1, 1, 1, 2)))
        mine = [_invoice(dice, book, ids, customer, dice.choice(currencies)) for _ in range(dice.randint(0, 9))]
        for _ in range(dice.randint(0, 3)):
            made = TODAY - timedelta(days=dice.randint(-3, 150))
            book.promises.append(
                {"promise": next(ids), "customer": customer, "currency": dice.choice(currencies), "made": made,
                     "amount": dice.randint(1, 30_000), "by": made + timedelta(days=dice.randint(0, 20))}
            )  # fmt: skip
        if dice.random() < 0.3:  # a credit note that no invoice has taken yet
            day, amount = TODAY - timedelta(days=dice.randint(0, 200)), dice.randint(100, 9_000)
            posted = datetime.combine(day, time(9), UTC)
            for account, signed in (("sales", amount), ("unmatched", -amount)):
                book.legs.append(
                    {"entry": 2_000_000 + customer, "customer": customer, "currency": currencies[0], "booked": day,
                     "posted": posted, "debt": None, "account": account, "amount": signed}
                )  # fmt: skip
        for _ in range(dice.randint(0, 6)):
            _contact(dice, book, ids, customer, currencies[0], mine)
    add_beyond(random.Random(seed + 7_000), book, ids, customers, TODAY)
    return book


def _invoice(dice: random.Random, book: RandomBook, ids: Any, customer: int, currency: str) -> Row:
    issued = TODAY - timedelta(days=dice.randint(-5, 500))
    row = {"debt": next(ids), "customer": customer, "currency": currency, "issued": issued,
               "due": issued + timedelta(days=dice.choice((0, 14, 30, 60))), "worth": WORTH[currency]}  # fmt: skip
    book.invoices.append(row)
    amount = dice.randint(100, 50_000)
    left = amount
    _entry(book, ids, row, issued, dice, amount, "sales")
    while left > 0 and dice.random() < 0.8:
        day = row["due"] + timedelta(days=dice.randint(-40, 70))
        part = left if dice.random() < 0.7 else dice.randint(1, left)
        account = dice.choices(("cash", "unmatched", "sales", "writeoff"), (80, 7, 9, 4))[0]
        _entry(book, ids, row, max(day, issued), dice, -part, account)
        left -= part
        if account == "cash" and dice.random() < 0.08:  # the payment came back
            _entry(book, ids, row, max(day, issued) + timedelta(days=3), dice, part, "cash")
            left += part
    if dice.random() < 0.1:
        _entry(book, ids, row, row["due"] + timedelta(days=20), dice, 500, "fees")
    return row


def _entry(book: RandomBook, ids: Any, debt: Row, day: date, dice: random.Random, amount: int, account: str) -> None:
    entry = next(ids)
    posted = datetime.combine(day + timedelta(days=dice.randint(0, 4)), time(dice.randint(0, 23)), UTC)
    both = {"entry": entry, "customer": debt["customer"], "currency": debt["currency"], "booked": day, "posted": posted}
    book.legs.append({**both, "debt": debt["debt"], "account": "receivable", "amount": amount})
    book.legs.append({**both, "debt": None, "account": account, "amount": -amount})


def _contact(dice: random.Random, book: RandomBook, ids: Any, customer: int, currency: str, debts: list[Row]) -> None:
    contact = next(ids)
    at = datetime.combine(TODAY - timedelta(days=dice.randint(-2, 300)), time(dice.randint(0, 23)), UTC)
    chosen = dice.sample(debts, dice.randint(0, min(3, len(debts)))) if dice.random() < 0.8 else []
    book.named += [{"contact": contact, "debt": d["debt"]} for d in chosen]
    chase = bool(chosen) or dice.random() < 0.5
    channel = dice.choice(CHANNELS)
    for one in sorted({d["currency"] for d in chosen} or {currency}):
        book.contacts.append(
            {"contact": contact, "customer": customer, "currency": one, "chase": chase, "at": at, "day": at.date(),
                 "channel": channel, "cost": COST[one][channel]}
        )  # fmt: skip
