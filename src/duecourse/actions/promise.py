"""Take a promise to pay. Whether it is kept is read from the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duecourse.records.cases.models import Promise
from duecourse.records.locking import lock_customers


@dataclass(frozen=True, slots=True)
class NewPromise:
    """An amount in minor units of its currency, by a civil date in the creditor's zone."""

    shard: int
    creditor_id: int
    customer_id: int
    currency: str
    amount_minor: int
    by_date: date
    channel: str
    taken_by: str


def take(new: NewPromise, *, now: datetime) -> Promise:
    """Record a promise under the customer's lock: from here on nobody chases before its date.

    Raises ValueError for an amount that is not positive.
    """
    if new.amount_minor <= 0:
        raise ValueError("a promise is of an amount above zero")
    lock_customers([(new.shard, new.customer_id)])
    return Promise.objects.create(
        shard=new.shard,
        creditor_id=new.creditor_id,
        customer_id=new.customer_id,
        currency=new.currency,
        amount_minor=new.amount_minor,
        by_date=new.by_date,
        channel=new.channel,
        taken_by=new.taken_by,
        made_at=now,
    )
