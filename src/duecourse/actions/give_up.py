"""A message that cannot be written: it failed, its step is free again, and a person mends the address or the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.connectors.channels.sms.numbers import BadNumber
from duecourse.records.journal.claim import settle, void_reminders
from duecourse.records.parties.models import ContactPoint

TITLE = "A message could not be written. Mend the address or the template"
TITLE_NUMBER = "A number takes no texts: find a mobile number"


def give_up(broken: Sequence[tuple[Mapping[str, Any], Exception]], *, now: datetime) -> None:
    """In the running transaction. What a number turned out to be is kept, so that it is not tried again."""
    settle([(row["shard"], row["id"], "failed", _why(error)) for row, error in broken], now=now)
    void_reminders([(row["shard"], row["id"]) for row, _ in broken])
    for row, error in broken:
        if isinstance(error, BadNumber) and row["contact_point_id"]:
            ContactPoint.objects.filter(shard=row["shard"], id=row["contact_point_id"]).update(line=error.line or "bad")
    open_tasks([_task(row, error) for row, error in broken], now=now)


def _task(row: Mapping[str, Any], error: Exception) -> NewTask:
    of = (row["shard"], row["creditor_id"], row["customer_id"])
    if isinstance(error, BadNumber):
        return NewTask(*of, "bad_address", TITLE_NUMBER, f"no_texts:{row['contact_point_id']}", _why(error))
    return NewTask(*of, "cannot_write", TITLE, f"cannot_write:{row['id']}", _why(error))


def _why(error: Exception) -> str:
    return str(error).splitlines()[0][:300]
