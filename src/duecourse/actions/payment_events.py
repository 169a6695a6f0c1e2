"""What gateways say about payments: keep it once, and find the payment it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q

from duecourse.connectors.gateways.port import Event, Kind
from duecourse.core.money.payment import Said
from duecourse.records.ledger.models import Payment, PaymentEvent

_REFERENCE = re.compile(r"([0-9A-F]{2})-([0-9A-F]{1,15})-.{1,6}")


def reference(payment: Payment) -> str:
    """Ours, short enough to read out; every gateway gives it back in its events.

    Shard and id in hexadecimal, and the start of the payment's random key: two installations that share an account at
    a gateway never take each other's payments for their own.
    """
    return f"{payment.shard:02X}-{payment.id:X}-{payment.key[:6].upper()}"


def find(gateway: str, event: Event) -> Payment | None:
    """The payment an event is about: by our reference, by the gateway's, or by one the gateway used for it before."""
    named = _REFERENCE.fullmatch(event.reference)
    if named is not None:
        found = Payment.objects.filter(shard=int(named[1], 16), id=int(named[2], 16)).first()
        if found is not None and reference(found) == event.reference:
            return found
    if not event.gateway_ref:
        return None
    found = Payment.objects.filter(gateway=gateway, gateway_ref=event.gateway_ref).first()
    if found is not None:
        return found
    before = PaymentEvent.objects.filter(gateway=gateway, gateway_ref=event.gateway_ref, payment_id__isnull=False)
    known = before.values_list("shard", "payment_id").first()
    return Payment.objects.get(shard=known[0], id=known[1]) if known else None


def all_kept(gateway: str, events: Sequence[Event]) -> bool:
    """Whether each of these events has been kept by a transaction that committed."""
    ids = {event.id for event in events}
    return PaymentEvent.objects.filter(gateway=gateway, event_id__in=ids).count() == len(ids)


def keep(gateway: str, events: Iterable[Event], payment: Payment | None, *, now: datetime) -> list[Event]:
    """Keep events in the running transaction; returns those that were new.

    A copy that arrives at the same time waits here until the first has committed, and then is not new.
    """
    events = list(events)
    whose = {"shard": payment.shard, "payment_id": payment.id, "creditor_id": payment.creditor_id} if payment else {}
    said = [
        {
            "event_id": event.id,
            "kind": event.kind,
            "said": event.said,
            "gateway_ref": event.gateway_ref,
            "part_ref": event.part_ref,
            "currency": event.currency,
            "amount_minor": event.amount_minor,
            "happened_at": event.at.isoformat(),
            **whose,
        }
        for event in events
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [gateway, now, json.dumps(said)])
        new = {event_id for (event_id,) in cursor.fetchall()}
    return [event for event in events if event.id in new]


_KEEP = """
INSERT INTO payment_event (gateway, received_at, event_id, kind, said, gateway_ref, part_ref, currency, amount_minor,
       happened_at, shard, payment_id, creditor_id)
SELECT %s, %s, event_id, kind, said, gateway_ref, part_ref, currency, amount_minor, happened_at, shard, payment_id,
       creditor_id
  FROM jsonb_to_recordset(%s::jsonb) AS r(event_id text, kind text, said text, gateway_ref text, part_ref text,
       currency text, amount_minor bigint, happened_at timestamptz, shard smallint, payment_id bigint,
       creditor_id bigint)
ON CONFLICT (gateway, event_id) DO NOTHING
RETURNING event_id
"""


def heard(payment: Payment) -> list[Said]:
    """All that was ever said of a payment, also before we knew that it was about this one."""
    of = PaymentEvent.objects.filter(shard=payment.shard, payment_id=payment.id)
    refs = {(one.gateway, one.gateway_ref) for one in of if one.gateway_ref}
    if payment.gateway_ref:
        refs.add((payment.gateway, payment.gateway_ref))
    early = Q(pk__in=[])
    for gateway, ref in refs:
        early |= Q(gateway=gateway, gateway_ref=ref)
    stray = PaymentEvent.objects.filter(early, payment_id__isnull=True)
    return [
        Said(Kind(one.kind), one.gateway, one.part_ref, one.amount_minor, one.currency)
        for one in [*of, *stray]
        if one.amount_minor is not None and one.kind != Kind.OTHER
    ]
