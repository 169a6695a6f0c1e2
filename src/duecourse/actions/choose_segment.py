"""A person says how a customer is treated, whatever the rules say; and ends that again. Each choice is kept."""

from __future__ import annotations

from datetime import datetime

from duecourse.core.decide.playbook import SEGMENTS
from duecourse.records.insight.foresight import SegmentChoice
from duecourse.records.locking import lock_customers


class BadChoice(ValueError):
    """`field` names what is wrong; the message says what to write."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def choose(
    shard: int, creditor_id: int, customer_id: int, *, segment: str, why: str, by: str, now: datetime,
    until_at: datetime | None = None,
) -> SegmentChoice:  # fmt: skip
    """Put this choice in place of the one before, under the customer's lock. The next day decides by it. Raises BadChoice."""
    if segment not in SEGMENTS:
        raise BadChoice("segment", "Choose one of the segments")
    if not why.strip():
        raise BadChoice("segment_why", "Say why, so that the next person knows")
    if until_at is not None and until_at <= now:
        raise BadChoice("segment_until", "Enter a day that is still to come, such as Friday or 4 dec")
    end(shard, customer_id, by=by, now=now)
    return SegmentChoice.objects.create(
        shard=shard, creditor_id=creditor_id, customer_id=customer_id, segment=segment, why=why.strip()[:500], placed_by=by,
        from_at=now, until_at=until_at,
    )  # fmt: skip


def end(shard: int, customer_id: int, *, by: str, now: datetime) -> bool:
    """End the running choice, so that the rules speak again; False where none runs."""
    lock_customers([(shard, customer_id)])
    running = running_choice(shard, customer_id, now=now)
    if running is None:
        return False
    SegmentChoice.objects.filter(shard=shard, id=running.id).update(until_at=now, ended_by=by)
    return True


def running_choice(shard: int, customer_id: int, *, now: datetime) -> SegmentChoice | None:
    """The choice in force."""
    rows = SegmentChoice.objects.filter(shard=shard, customer_id=customer_id, from_at__lte=now)
    return next((row for row in rows.order_by("-id") if row.until_at is None or row.until_at > now), None)
