"""A late word about a message: a receipt that clears the uncertain tray, or a bounce that ends an address."""

from __future__ import annotations

from datetime import datetime

from duecourse.actions.consent import Said, withdraw
from duecourse.actions.next_address import next_address
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.connectors.channels.delivery_report import DeliveryReport
from duecourse.records.journal.claim import settle
from duecourse.records.journal.models import Message, Outbox, Receipt
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint
from duecourse.records.tenancy import scope

_FAILED = {
    "bounced": "Mail came back from an address: find a better one",
    "undelivered": "A text did not arrive: try another way",
    "landline": "A number takes no texts: find a mobile number",
    "stopped": "Asked the provider for no more texts: use another way",
}
"""Kinds of report after which a message failed, with the task."""


class UnknownMessage(LookupError):
    """No message of ours has that Message-ID."""


def hear(report: DeliveryReport, *, said_by: str, now: datetime) -> str:
    """Record a report; returns the state of the message after it. The same report again adds nothing. Raises UnknownMessage.

    Delivered: a message in doubt, or still marked, counts as sent. Bounced: it failed, the address is ended, the next one
    gets it at once, and a person looks for a better one. Complained: nothing more goes there. Delayed: only kept.
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
        if report.kind in _FAILED:
            _failed(row, report, now=now)
            return "failed"
        if report.kind == "complained":
            _complained(row, now=now)
        return row.state


def _failed(row: Outbox, report: DeliveryReport, *, now: datetime) -> None:
    """The step is free again; the address is given up as far as the report goes; the next address gets it at once."""
    why = f"{report.kind} {report.status}".strip()
    settle([(row.shard, row.id, "failed", why)], now=now)
    points = ContactPoint.objects.filter(shard=row.shard, id=row.contact_point_id, ended_at__isnull=True)
    of = (row.shard, row.creditor_id, row.customer_id)
    if report.kind == "stopped":
        for point in points:
            withdraw(
                Said(*of, channel=row.channel, source=row.channel, address=point.value, said_by="the provider"), now=now
            )
    elif row.channel == "sms":
        # A number that takes no texts may still be rung.
        points.update(line={"landline": "fixed", "bounced": "bad"}.get(report.kind, ""))
    elif report.kind == "bounced":
        points.update(ended_at=now, ended_why=why)
    next_address(row, now=now)
    key = f"bad_address:{row.contact_point_id}"
    open_tasks([NewTask(*of, "bad_address", _FAILED[report.kind], key)], now=now)


def _complained(row: Outbox, *, now: datetime) -> None:
    """They called it unwanted: nothing more goes to that address, and a person asks what was wrong."""
    point = ContactPoint.objects.filter(shard=row.shard, id=row.contact_point_id).first()
    of = (row.shard, row.creditor_id, row.customer_id)
    address = point.value if point else ""
    withdraw(Said(*of, channel=row.channel, source=row.channel, address=address, said_by="the provider"), now=now)
    title = "A reader called our message unwanted: nothing more goes there. Find out why"
    open_tasks([NewTask(*of, "complained", title, f"complained:{row.id}")], now=now)
