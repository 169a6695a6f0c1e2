"""A message failed for its address: the same message, to the customer's next one, due at once. The gate looks afresh."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from duecourse.records.journal.claim import void_reminders
from duecourse.records.journal.models import Outbox, Reminder
from duecourse.records.parties.models import Consent, ContactPoint

MOST = 3
"""Addresses that one message is tried at."""


def next_address(row: Outbox, *, now: datetime) -> Outbox | None:
    """Frees the step of `row`, and gives it to the new message; None where no other address may be written to.

    Under the customer's lock. A second report about the same message finds the same row again.
    """
    steps = list(Reminder.objects.filter(shard=row.shard, outbox_id=row.id, void=False))
    void_reminders([(row.shard, row.id)])
    first, _, tried = row.key.partition(":next:")
    already = tried.count("+") + 1 if tried else 0
    if already + 1 >= MOST or row.purpose == "receipt":
        return None
    point = _other(row, {row.contact_point_id, *(int(n) for n in tried.split("+") if n)})
    if point is None:
        return None
    key = f"{first}:next:{'+'.join([*filter(None, [tried]), str(row.contact_point_id)])}"
    made, new = Outbox.objects.get_or_create(
        shard=row.shard,
        key=key,
        defaults={
            "creditor_id": row.creditor_id,
            "customer_id": row.customer_id,
            "run_id": row.run_id,
            "decision_id": row.decision_id,
            "channel": row.channel,
            "contact_point_id": point.id,
            "purpose": row.purpose,
            "template": row.template,
            "step": row.step,
            "context": row.context,
            "due_at": now,
            "created_at": now,
            "changed_at": now,
        },
    )
    if not new:
        return made
    for step in steps:
        of = {"shard": step.shard, "creditor_id": step.creditor_id, "customer_id": step.customer_id}
        try:
            with transaction.atomic():
                Reminder.objects.create(
                    **of,
                    outbox_id=made.id,
                    debt_id=step.debt_id,
                    round=step.round,
                    step=step.step,
                    channel=step.channel,
                )
        except IntegrityError:
            continue  # the debt was named at that step by another message in the meantime
    return made


def _other(row: Outbox, tried: set[int | None]) -> ContactPoint | None:
    """The next address of that channel; a phone only where its owner agreed to texts and it is no landline."""
    kind = {"sms": "phone"}.get(row.channel, row.channel)
    points = ContactPoint.objects.filter(
        shard=row.shard, customer_id=row.customer_id, kind=kind, ended_at__isnull=True
    ).exclude(id__in=[point for point in tried if point])
    for point in points.order_by("rank", "id"):
        newest = (
            Consent.objects.filter(shard=row.shard, customer_id=row.customer_id, channel=row.channel)
            .filter(address__in=["", point.value])
            .order_by("-id")
            .first()
        )
        if row.channel == "sms" and (point.line in ("fixed", "bad") or newest is None or not newest.given):
            continue
        if newest is not None and not newest.given:
            continue
        return point
    return None
