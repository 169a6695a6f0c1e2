"""A person decides about a message that may or may not have arrived. Nothing is sent from here."""

from __future__ import annotations

from datetime import datetime

from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.records.journal.models import Outbox, Receipt
from duecourse.records.locking import lock_customers


def arrived(shard: int, outbox_id: int, *, by: str, now: datetime) -> Outbox | None:
    """It arrived: the message counts as sent. None where the doubt was settled already."""
    row = _doubtful(shard, outbox_id)
    if row is None:
        return None
    _say(row, "delivered", "a person says that it arrived", by, now)
    return _set(row, "sent", now)


def send_again(shard: int, outbox_id: int, *, by: str, now: datetime) -> Outbox | None:
    """It did not arrive: the message is due again, and the gate looks afresh before anything leaves."""
    row = _doubtful(shard, outbox_id)
    if row is None:
        return None
    _say(row, "not_sent", "a person says that it did not arrive", by, now)
    row.due_at = now
    return _set(row, "due", now)


def ask_them(shard: int, outbox_id: int, *, by: str, now: datetime) -> Outbox | None:
    """A task to ask the customer; the message stays in doubt until somebody knows."""
    row = _doubtful(shard, outbox_id)
    if row is None:
        return None
    task = NewTask(
        row.shard,
        row.creditor_id,
        row.customer_id,
        "ask_arrival",
        "Ask whether our last message came",
        f"ask_arrival:{row.id}",
        f"Asked for by {by}",
    )
    open_tasks([task], now=now)
    return row


def _doubtful(shard: int, outbox_id: int) -> Outbox | None:
    """The row under its customer's lock, where it is still in doubt."""
    row = Outbox.objects.filter(shard=shard, id=outbox_id).first()
    if row is None:
        return None
    lock_customers([(shard, row.customer_id)])
    return Outbox.objects.filter(shard=shard, id=outbox_id, state="uncertain").select_for_update().first()


def _say(row: Outbox, kind: str, detail: str, by: str, now: datetime) -> None:
    Receipt.objects.create(
        shard=row.shard,
        creditor_id=row.creditor_id,
        customer_id=row.customer_id,
        outbox_id=row.id,
        kind=kind,
        detail=detail,
        said_by=by,
        at=now,
    )


def _set(row: Outbox, state: str, now: datetime) -> Outbox:
    row.state, row.changed_at, row.why = state, now, ""
    row.save(update_fields=["state", "changed_at", "why", "due_at"])
    return row
