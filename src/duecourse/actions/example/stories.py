"""Holds, promises, tasks and notes: placed by the same verbs that staff use, a few days ago."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from duecourse.actions.example.known import KNOWN
from duecourse.actions.example.write_book import Kept, Written
from duecourse.actions.hold import NewHold, place
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.promise import NewPromise, take
from duecourse.records.cases.models import Note

STAFF = "Priya Nair"


def tell(dice: random.Random, written: Written, *, today: date, now: datetime) -> None:
    """Stories of the known customers, then a few of the others: disputes, and promises kept, broken and running."""
    stories = {k.name: k.story for k in KNOWN if k.lender == written.lender.prefix}
    for kept in written.customers:
        if story := stories.get(kept.payer.name):
            _STORIES[story](written, kept, today, now)
    others = [k for k in written.customers if k.payer.name not in stories]
    owing = [k for k in others if any(b.open(today) and b.due < today for b in k.bills)]
    dice.shuffle(owing)
    for kept in owing[: len(owing) // 8]:
        debt, bill = next(
            (d, b) for d, b in zip(kept.debts, kept.bills, strict=True) if b.open(today) and b.due < today
        )
        _hold(
            written,
            kept,
            "dispute",
            f"Says that {bill.ref} lists goods that did not arrive",
            now - timedelta(days=4),
            debt,
        )
    for kept in owing[len(owing) // 8 : len(owing) // 4]:
        late = [b for b in kept.bills if b.open(today) and b.due < today]
        _promise(written, kept, late[0].currency, late[0].open(today), today + timedelta(days=dice.randint(1, 6)), now)
    _past_promises(dice, written, others, today)


def _past_promises(dice: random.Random, written: Written, others: list[Kept], today: date) -> None:
    """Promises of the last months about invoices that were paid late: kept where the money came by the day."""
    for kept in others:
        for bill in kept.bills:
            paid = [b.booked for b in bill.booked if b.kind == "payment"]
            if not paid or not (paid[-1] - bill.due).days > 7 or (today - paid[-1]).days > 120 or dice.random() > 0.35:
                continue
            made = paid[-1] - timedelta(days=dice.randint(2, 6))
            by = paid[-1] + timedelta(days=dice.choice((0, 0, 0, 1, -3)))
            amount = bill.booked[-1].amount
            if by > made and amount > 0:
                at = datetime.combine(made, datetime.min.time()).replace(hour=11).astimezone()
                _promise(written, kept, bill.currency, amount, by, at)


def _says_paid(written: Written, kept: Kept, today: date, now: datetime) -> None:
    _hold(written, kept, "pause", "Says it was paid by bank transfer: look for the money", now - timedelta(hours=20),
          until=now + timedelta(days=2))  # fmt: skip
    _task(written, kept, "says_paid", "Says it was paid: look for the money", "Bank transfer, the day before.", now)


def _hardship(written: Written, kept: Kept, today: date, now: datetime) -> None:
    _hold(written, kept, "hardship", "Wrote that things are hard", now - timedelta(days=3))
    _task(written, kept, "hardship", "Says things are hard: trained staff only", "", now)


def _digger(written: Written, kept: Kept, today: date, now: datetime) -> None:
    at = {b.ref: d for d, b in zip(kept.debts, kept.bills, strict=True)}
    _hold(
        written,
        kept,
        "ticket",
        "Service ticket 4417: the mini digger cut out twice",
        now - timedelta(days=4),
        at["CT-7712"],
    )
    _promise(written, kept, "AUD", 1_150_00, today - timedelta(days=1), now - timedelta(days=7))
    _note(written, kept, "Aspley client paid late again, says Thursday. Proud of never being late before June.", now)


def _one_promise(written: Written, kept: Kept, today: date, now: datetime) -> None:
    bill = next(b for b in kept.bills if b.open(today))
    _promise(written, kept, bill.currency, bill.open(today), today + timedelta(days=3), now - timedelta(hours=2))


def _asks_parts(written: Written, kept: Kept, today: date, now: datetime) -> None:
    _task(written, kept, "asks_time", "Asks if Fridays work for paying in parts", "Wrote last night.", now)


_STORIES = {
    "says_paid": _says_paid,
    "hardship": _hardship,
    "digger": _digger,
    "promise": _one_promise,
    "asks_parts": _asks_parts,
}


def _hold(written: Written, kept: Kept, kind: str, reason: str, at: datetime, debt: int | None = None,
          until: datetime | None = None) -> None:  # fmt: skip
    place(
        NewHold(kept.shard, written.creditor, kept.customer, kind, STAFF, reason, debt, until,
                (at + timedelta(days=7)).date()),
        now=at,
    )  # fmt: skip


def _promise(written: Written, kept: Kept, currency: str, amount: int, by: date, at: datetime) -> None:
    take(NewPromise(kept.shard, written.creditor, kept.customer, currency, amount, by, "phone", STAFF), now=at)


def _task(written: Written, kept: Kept, kind: str, title: str, detail: str, now: datetime) -> None:
    new = NewTask(kept.shard, written.creditor, kept.customer, kind, title, f"example:{kind}", detail)
    open_tasks([new], now=now - timedelta(hours=14))


def _note(written: Written, kept: Kept, text: str, now: datetime) -> None:
    Note.objects.create(
        shard=kept.shard, creditor_id=written.creditor, customer_id=kept.customer, author=STAFF, text=text,
        at=now - timedelta(days=7),
    )  # fmt: skip
