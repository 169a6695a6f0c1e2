"""Change what is owed without money moving: charge, waive, credit, let go. Every change is an entry of its own with its why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecourse.core.money.kinds import KINDS, legs, loyalty_legs
from duecourse.core.money.order import PARTS, parts_open
from duecourse.records.cases.disputes import Approval
from duecourse.records.ledger.models import Debt
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.locking import lock_customers
from duecourse.records.reads.creditor_day import day_of
from duecourse.records.reads.moves import moves

BY_HAND = (
    "interest",
    "fee",
    "compensation",
    "credit_note",
    "dispute_credit",
    "waive_interest",
    "waive_fee",
    "discount",
    "settlement",
    "fx",
)
"""Kinds that an action books; payments come from gateways and imports, write-offs by `write_off` alone."""


class CannotAdjust(ValueError):
    """Nothing was booked; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry on one debt. `minor` is above zero (for `fx`, below zero raises the debt); the same `key` is booked once."""

    kind: str
    minor: int
    key: str
    why: str


def adjust(shard: int, debt_id: int, change: Change, *, by: str, now: datetime) -> bool:
    """Book it in the running transaction; False where the key was booked before.

    Raises CannotAdjust where more would be taken off than is open: a debt never owes the customer by an adjustment.
    """
    if change.kind not in BY_HAND:
        raise CannotAdjust(f"An entry of kind {change.kind} is not booked by hand.")
    return _book(shard, debt_id, change, by=by, now=now)


def _book(shard: int, debt_id: int, change: Change, *, by: str, now: datetime) -> bool:
    debt = _locked(shard, debt_id)
    lowers = change.minor if not KINDS[change.kind].raises else 0
    if lowers > debt.open_minor:
        raise CannotAdjust("More would be taken off than is open.")
    if change.kind.startswith("waive_"):
        part = change.kind.removeprefix("waive_")
        if change.minor > parts_open(moves(shard, [debt_id])[debt_id], PARTS)[part]:
            raise CannotAdjust(f"Less {part} is open than would be waived.")
    made = tuple(PostLeg(*leg) for leg in legs(change.kind, change.minor, debt_id))
    return bool(post([_posting(debt, change, made, by, now)]))


def waive_all(shard: int, debt_id: int, *, why: str, key: str, by: str, now: datetime) -> int:
    """Let go of every fee and all interest that is open on a debt; returns how much in minor units."""
    _locked(shard, debt_id)
    total = 0
    for part in ("fee", "interest"):
        minor = parts_open(moves(shard, [debt_id])[debt_id], PARTS)[part]
        if minor > 0 and adjust(shard, debt_id, Change(f"waive_{part}", minor, f"{key}:{part}", why), by=by, now=now):
            total += minor
    return total


def write_off(approval: Approval, *, now: datetime) -> bool:
    """Write a debt off as a second person allowed. Raises CannotAdjust where that was not granted, or more than is open."""
    if approval.act != "write_off" or not approval.granted:
        raise CannotAdjust("A write-off needs a second person who allows it.")
    change = Change("write_off", approval.amount_minor, f"write_off:{approval.id}", approval.reason)
    return _book(approval.shard, approval.subject_id, change, by=approval.decided_by, now=now)


def thank(who: tuple[int, int, int], minor: int, currency: str, *, key: str, why: str, now: datetime) -> bool:
    """Loyalty credit for (shard, creditor, customer): the next invoice takes it. False where the key was booked before."""
    shard, creditor_id, customer_id = who
    lock_customers([(shard, customer_id)])
    day = day_of(creditor_id, now)
    made = tuple(PostLeg(*leg) for leg in loyalty_legs(minor))
    return bool(post([Posting(shard, creditor_id, customer_id, "loyalty", day, now, currency, key, made, why)]))


def _locked(shard: int, debt_id: int) -> Debt:
    debt = Debt.objects.filter(shard=shard, id=debt_id).first()
    if debt is None:
        raise CannotAdjust("There is no such debt.")
    lock_customers([(shard, debt.customer_id)])
    debt.refresh_from_db()
    return debt


def _posting(debt: Debt, change: Change, made: tuple[PostLeg, ...], by: str, now: datetime) -> Posting:
    return Posting(
        shard=debt.shard, creditor_id=debt.creditor_id, customer_id=debt.customer_id, kind=change.kind,
        booked_date=day_of(debt.creditor_id, now), posted_at=now, currency=debt.currency, key=change.key, legs=made,
        memo=f"{change.why} ({by})",
    )  # fmt: skip
