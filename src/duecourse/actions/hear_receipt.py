"""A late word about a message: a receipt that clears the uncertain tray, or a bounce that ends an address."""

from __future__ import annotations

from datetime import datetime

from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.connectors.channels.delivery_report import DeliveryReport
from duecourse.records.journal.claim import settle, void_reminders
from duecourse.records.journal.models import Message, Outbox, Receipt
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint
from duecourse.records.tenancy import scope


class UnknownMessage(LookupError):
    """No message of ours has that Message-ID."""


def hear(report: DeliveryReport, *, said_by: str, now: datetime) -> str:
    """Record a report; returns the state of the message after it. The same report again adds nothing. Raises UnknownMessage.

    Delivered: a message in doubt, or still marked, counts as sent. Bounced: it failed, its step is free again, the address
    is ended and a person looks for another. Delayed: only kept.
    """
    with scope("all"):
        message = Message.objects.filter(message_id=report.message_id).first()
        if message is None:
            raise UnknownMessage
        lock_customers([(message.shard, message.customer_id)])
        row = Outbox.objects.get(shard=message.shard, id=message.outbox_id)
        if Receipt.objects.filter(shard=row.shard, outbox_id=row.id, kind=report.kind, detail=report.status).exists():
            return row.state
        Receipt.objects.create(
            shard=row.shard, creditor_id=row.creditor_id, customer_id=row.customer_id, outbox_id=row.id, kind=report.kind,
            detail=report.status, said_by=said_by, at=now,
        )  # fmt: skip
        if report.kind == "delivered" and row.state in ("uncertain", "marked"):
            settle([(row.shard, row.id, "sent", "")], now=now)
            return "sent"
        if report.kind == "bounced":
            _bounce(row, report.status, now=now)
            return "failed"
        return row.state


def _bounce(row: Outbox, status: str, *, now: datetime) -> None:
    settle([(row.shard, row.id, "failed", f"bounced {status}".strip())], now=now)
    void_reminders([(row.shard, row.id)])
    ContactPoint.objects.filter(shard=row.shard, id=row.contact_point_id, ended_at__isnull=True).update(
        ended_at=now, ended_why=f"bounced {status}".strip()
    )
    open_tasks(
        [
            NewTask(
                row.shard,
                row.creditor_id,
                row.customer_id,
                "bad_address",
                "Mail came back from an address: find a better one",
                f"bad_address:{row.contact_point_id}",
            )
        ],
        now=now,
    )
