"""Place a hold, or lift one: an interval in which a customer, or one debt, is not chased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from duecourse.actions.reopen import restart
from duecourse.records.cases.models import Hold
from duecourse.records.locking import lock_customers

KINDS = {
    "dispute": "Dispute",
    "hardship": "Hardship",
    "complaint": "Complaint",
    "ticket": "Service ticket",
    "plan": "Plan",
    "promise": "Promise",
    "pause": "Pause",
    "insolvency": "Insolvency",
    "wrong_person": "Wrong person",
}
"""Kinds of hold, as staff read them."""
GATEWAY = "gateway "
"""Holds that news from a gateway placed name it so."""
TIME_TO_ANSWER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class NewHold:
    """`until_at` None lasts until lifted; `debt_id` None covers the whole customer."""

    shard: int
    creditor_id: int
    customer_id: int
    kind: str
    placed_by: str
    reason: str = ""
    debt_id: int | None = None
    until_at: datetime | None = None
    review_date: date | None = None


def place(new: NewHold, *, now: datetime) -> Hold:
    """Place a hold under the customer's lock; one of the same kind that runs already is made longer, never shorter.

    Runs in the caller's transaction. Raises ValueError for an unknown kind or an end that is not ahead.
    """
    if new.kind not in KINDS:
        raise ValueError(f"{new.kind} is not a kind of hold")
    if new.until_at is not None and new.until_at <= now:
        raise ValueError("a hold ends after now")
    lock_customers([(new.shard, new.customer_id)])
    running = (
        Hold.objects.filter(shard=new.shard, customer_id=new.customer_id, kind=new.kind, debt_id=new.debt_id)
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=now))
        .order_by("from_at")
        .first()
    )
    if running is None:
        return Hold.objects.create(
            shard=new.shard,
            creditor_id=new.creditor_id,
            customer_id=new.customer_id,
            debt_id=new.debt_id,
            kind=new.kind,
            reason=new.reason,
            placed_by=new.placed_by,
            from_at=now,
            until_at=new.until_at,
            review_date=new.review_date,
        )
    ends = None if running.until_at is None or new.until_at is None else max(running.until_at, new.until_at)
    if (ends, new.review_date or running.review_date) != (running.until_at, running.review_date):
        running.until_at, running.review_date = ends, new.review_date or running.review_date
        running.save(update_fields=["until_at", "review_date"])
    return running


def lift(shard: int, hold_id: int, *, by: str, why: str, now: datetime) -> Hold | None:
    """End a hold now; None where it had ended already."""
    hold = Hold.objects.filter(shard=shard, id=hold_id).first()
    if hold is None:
        return None
    lock_customers([(shard, hold.customer_id)])
    changed = (
        Hold.objects.filter(shard=shard, id=hold_id)
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=now))
        .update(until_at=max(now, hold.from_at), lifted_by=by, lifted_why=why)
    )
    if not changed:
        return None
    hold.refresh_from_db()
    if hold.debt_id is not None and hold.placed_by.startswith(GATEWAY):
        # What a bank had opened again begins softly, once a person has looked: never where it had ended.
        restart(shard, [hold.debt_id], due=now.date() + TIME_TO_ANSWER)
    return hold
