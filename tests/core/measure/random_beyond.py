"""The parts of a random book beyond money and contacts: plans, tasks, waits, complaints, arms of a trial, what was told."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

WAITING = ("dispute", "wants_talk", "hardship")
KINDS = (*WAITING, "bad_address", "early_warning")
PEOPLE = ("Ana", "Ben", "Cleo", "duecourse")
TASK_SIXTIETHS = 6 * 2_600


def add_beyond(dice: random.Random, book: Any, ids: Any, customers: int, today: date) -> None:
    """Rows as dicts; keys beyond the sheet's say how they lie in the tables."""
    for customer in range(1, customers + 1):
        _plan(dice, book, ids, customer, today)
        for _ in range(dice.randint(0, 4)):
            _task(dice, book, ids, customer, today)
        if dice.random() < 0.3:
            _complaint(dice, book, ids, customer, today)
        book.arms.append(
            {"trial": 1, "customer": customer, "currency": "GBP", "arm": dice.choice(("now", "now", "new")),
             "since": today - timedelta(days=70), "until": None}
        )  # fmt: skip
    for currency in sorted({i["currency"] for i in book.invoices}):
        monday = today - timedelta(days=today.weekday())
        for week in range(18):
            if dice.random() < 0.6:
                row = {
                    "currency": currency,
                    "week": monday - timedelta(weeks=week),
                    "expected": dice.randint(0, 60_000),
                }
                book.told.append(row)


def _plan(dice: random.Random, book: Any, ids: Any, customer: int, today: date) -> None:
    mine = [i for i in book.invoices if i["customer"] == customer]
    if not mine or dice.random() < 0.4:
        return
    currency = dice.choice(mine)["currency"]
    debts = [i["debt"] for i in mine if i["currency"] == currency][: dice.randint(1, 3)]
    arrangement, agreed, owed = next(ids), today - timedelta(days=dice.randint(10, 200)), 0
    ended = agreed + timedelta(days=dice.randint(5, 80)) if dice.random() < 0.3 else None
    for number in range(1, dice.randint(2, 6)):
        amount = dice.randint(100, 9_000)
        owed += amount
        book.instalments.append(
            {"instalment": next(ids), "customer": customer, "currency": currency, "arrangement": arrangement, "number": number,
             "due": agreed + timedelta(days=14 * number), "amount": amount, "owed": owed, "ended": ended}
        )  # fmt: skip
    book.under += [{"arrangement": arrangement, "debt": debt, "since": agreed, "customer": customer} for debt in debts]


def _task(dice: random.Random, book: Any, ids: Any, customer: int, today: date) -> None:
    opened = datetime.combine(
        today - timedelta(days=dice.randint(0, 190)), time(dice.randint(0, 23), dice.randint(0, 59)), UTC
    )
    minutes = dice.choice((dice.randint(1, 150), dice.randint(100, 2_000), dice.randint(1_000, 20_000)))
    closed = opened + timedelta(minutes=minutes, seconds=dice.randint(0, 59))
    kind, by, row = dice.choice(KINDS), dice.choice(PEOPLE), next(ids)
    if dice.random() < 0.2:  # a message that a person took, of nobody in particular
        wait = {"wait": row, "customer": None, "currency": "GBP", "day": closed.date(), "minutes": minutes}
        book.waits.append({**wait, "opened_at": opened, "closed_at": closed})
        return
    book.tasks.append(
        {"task": row, "customer": customer, "currency": "GBP", "kind": kind, "closed": closed.date(), "by": by,
         "sixtieths": TASK_SIXTIETHS, "opened_at": opened, "closed_at": closed}
    )  # fmt: skip
    if kind in WAITING and by != "duecourse":
        book.waits.append(
            {"wait": row, "customer": customer, "currency": "GBP", "day": closed.date(), "minutes": minutes}
        )


def _complaint(dice: random.Random, book: Any, ids: Any, customer: int, today: date) -> None:
    at = datetime.combine(today - timedelta(days=dice.randint(-1, 150)), time(12), UTC)
    sent = [
        c["contact"]
        for c in book.contacts
        if c["customer"] == customer and any(n["contact"] == c["contact"] for n in book.named)
    ]
    source = dice.choice(("hold", "ticket", "both", "spam") if sent else ("hold", "ticket", "both"))
    row = {"complaint": next(ids), "customer": customer, "currency": "GBP", "day": at.date()}
    book.complaints.append({**row, "at": at, "source": source, "contact": sent[0] if source == "spam" else None})
