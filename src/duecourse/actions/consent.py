"""What a customer agrees to, or no longer does. The newest row rules; none is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import Consent


@dataclass(frozen=True, slots=True)
class Said:
    """`address` empty means every address of the channel; `source` says where it was said."""

    shard: int
    creditor_id: int
    customer_id: int
    channel: str
    source: str
    address: str = ""
    said_by: str = ""


def withdraw(said: Said, *, now: datetime) -> Consent:
    """No more reminders on this channel (and address). Saying it twice changes nothing more."""
    return _say(said, given=False, now=now)


def give(said: Said, *, now: datetime) -> Consent:
    """Reminders are welcome again on this channel (and address)."""
    return _say(said, given=True, now=now)


def _say(said: Said, *, given: bool, now: datetime) -> Consent:
    lock_customers([(said.shard, said.customer_id)])
    newest = (
        Consent.objects.filter(
            shard=said.shard, customer_id=said.customer_id, channel=said.channel, address=said.address
        )
        .order_by("-id")
        .first()
    )
    if newest is not None and newest.given == given:
        return newest
    return Consent.objects.create(
        shard=said.shard,
        creditor_id=said.creditor_id,
        customer_id=said.customer_id,
        channel=said.channel,
        address=said.address,
        given=given,
        source=said.source,
        said_by=said.said_by,
        at=now,
    )
