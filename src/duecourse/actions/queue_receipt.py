"""Thanks for a payment, by e-mail, to the address that is used first."""

from __future__ import annotations

from datetime import date, datetime

from duecourse.actions.payment_events import reference
from duecourse.core.money.allocate import Allocation
from duecourse.core.money.payment import Received
from duecourse.records.journal.models import Outbox
from duecourse.records.ledger.models import Payment
from duecourse.records.parties.models import ContactPoint


def queue_receipt(payment: Payment, received: Received, where: Allocation, paid_on: date, *, now: datetime) -> None:
    """Put the receipt in the outbox, once a payment and gateway. Without an address the portal alone shows it."""
    points = ContactPoint.objects.filter(
        shard=payment.shard, customer_id=payment.customer_id, kind="email", ended_at__isnull=True
    )
    point = points.order_by("rank", "id").first()
    if point is None:
        return
    row = Outbox(
        shard=payment.shard,
        creditor_id=payment.creditor_id,
        customer_id=payment.customer_id,
        key=f"receipt:{payment.id}:{received.gateway}",
        channel="email",
        contact_point_id=point.id,
        purpose="receipt",
        template="receipt",
        context={
            "debts": [debt for debt, _ in where.parts],
            "against": {str(debt): part for debt, part in where.parts},
            "paid_minor": received.amount_minor,
            "currency": received.currency,
            "paid_date": paid_on.isoformat(),
            "reference": reference(payment),
        },
        due_at=now,
        created_at=now,
        changed_at=now,
    )
    Outbox.objects.bulk_create([row], ignore_conflicts=True)
