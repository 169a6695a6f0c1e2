"""A fact no longer holds, or was a slip: said by a further row. The first one stays as it was told."""

from __future__ import annotations

from datetime import datetime

from duecourse.records.law.models import Circumstance
from duecourse.records.locking import lock_customers


def end_circumstance(
    shard: int, row_id: int, *, said_by: str, by: str, now: datetime, at: datetime | None = None, words: str = ""
) -> Circumstance | None:
    """The ending, from `at` (now where it is empty); None where there is no such fact in scope or it has ended."""
    fact = Circumstance.objects.filter(shard=shard, id=row_id, ends_id__isnull=True).first()
    if fact is None:
        return None
    lock_customers([(shard, fact.customer_id)])
    if Circumstance.objects.filter(shard=shard, ends_id=row_id).exists():
        return None
    return Circumstance.objects.create(
        shard=shard,
        creditor_id=fact.creditor_id,
        customer_id=fact.customer_id,
        kind=fact.kind,
        person_id=fact.person_id,
        debt_id=fact.debt_id,
        contact_point_id=fact.contact_point_id,
        words=words.strip(),
        said_by=said_by,
        source="staff",
        recorded_by=by,
        at=max(at or now, fact.at),
        ends_id=row_id,
        recorded_at=now,
    )
