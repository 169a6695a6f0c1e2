"""Two to three years of invoices, and what was paid of each by today."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from duecourse.actions.example.cast import Payer
from duecourse.actions.example.words import GOODS

YEARS_BACK = 900
LEAVES = 0.008
"""Chance that an invoice was the last one: some customers go elsewhere."""
TERMS = {"GB": (14, 30, 30), "AU": (14, 30), "US": (30,)}
LAG = timedelta(days=2)
"""Days by which the bank's file is late now and then: money that was there when we wrote."""


@dataclass
class Booked:
    """Something in money on an invoice: payment, credit, bounce or writeoff; `amount` lowers what is open."""

    kind: str
    amount: int
    booked: date
    posted: date


@dataclass
class Bill:
    """An invoice and all that was booked on it by today."""

    ref: str
    description: str
    issued: date
    due: date
    currency: str
    amount: int
    booked: list[Booked] = field(default_factory=list)

    def open(self, day: date, *, known: bool = False) -> int:
        """What is open at the close of a day: by booking date, or by what was known (posted) before it."""
        seen = [b for b in self.booked if (b.posted < day if known else b.booked <= day)]
        return self.amount - sum(b.amount for b in seen)


def history(dice: random.Random, payer: Payer, today: date, first_number: int) -> list[Bill]:
    """The invoices of a customer, oldest first; numbers count up from `first_number`."""
    back = dice.randint(10, 75) if payer.habit == "new" else dice.randint(420, YEARS_BACK)
    pace = dice.randint(30, 70)
    bills: list[Bill] = []
    day = today - timedelta(days=back)
    while day <= today and (payer.habit != "new" or len(bills) < 2):
        bills.append(_bill(dice, payer, _weekday(day), today, first_number + len(bills)))
        day += timedelta(days=dice.randint(pace // 2, pace + pace // 2))
        if dice.random() < LEAVES:
            break
    return bills


def _bill(dice: random.Random, payer: Payer, issued: date, today: date, number: int) -> Bill:
    what, low, high = dice.choice(GOODS[payer.lender.country])
    bill = Bill(
        ref=f"{payer.lender.prefix}-{number}",
        description=what,
        issued=issued,
        due=issued + timedelta(days=dice.choice(TERMS[payer.lender.country])),
        currency=dice.choice(payer.currencies),
        amount=round(dice.uniform(low, high) * payer.size / 5) * 5,
    )
    _pay(dice, payer, bill, today)
    return bill


def _pay(dice: random.Random, payer: Payer, bill: Bill, today: date) -> None:
    days = _days_late(dice, payer, (today - bill.due).days)
    if days is None:
        return
    left, day = bill.amount, max(bill.issued, _weekday(bill.due + timedelta(days=days)))
    fate = dice.random()
    if fate < 0.02:
        credit = round(left * 0.15)
        _book(bill, "credit", credit, max(bill.issued, day - timedelta(days=9)), today)
        left -= credit
    elif fate < 0.07:
        part = round(left * dice.choice((0.3, 0.5, 0.6)))
        _book(bill, "payment", part, day, today)
        left, day = left - part, day + timedelta(days=dice.randint(10, 40))
    elif fate < 0.08:
        _book(bill, "payment", left, day, today)
        _book(bill, "bounce", -left, day + timedelta(days=3), today)
        day += timedelta(days=dice.randint(8, 20))
    elif fate < 0.085 and (today - bill.due).days > 200:
        _book(bill, "writeoff", left, bill.due + timedelta(days=150), today)
        return
    _book(bill, "payment", left, day, today, late=dice.random() < 0.02)


def _days_late(dice: random.Random, payer: Payer, ago: int) -> int | None:
    """Days after the due date, which was so many days ago; None where nothing came."""
    match payer.habit:
        case "late":
            return round(dice.triangular(4, 48, 15))
        case "slipping" if ago < 240:
            return round(dice.triangular(6, 55, 8 + (240 - max(0, ago)) / 9))
        case "large":
            return round(dice.triangular(-2, 20, 6))
        case "stuck" if ago < 200:
            return None
    forgot = dice.random() < 0.09
    return round(dice.triangular(6, 30, 10)) if forgot else max(-20, min(3, round(dice.gauss(-4, 4))))


def _book(bill: Bill, kind: str, amount: int, day: date, today: date, *, late: bool = False) -> None:
    if day <= today:
        bill.booked.append(Booked(kind, amount, day, min(today, day + LAG) if late else day))


def _weekday(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
