"""Hand something to a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duecourse.records.cases.models import Task


@dataclass(frozen=True)
class NewTask:
    """The same `key` for a customer opens one task, however often it is asked for."""

    shard: int
    creditor_id: int
    customer_id: int
    kind: str
    title: str
    key: str
    detail: str = ""
    due_at: datetime | None = None
    owner: str = ""


def open_tasks(tasks: Iterable[NewTask], *, now: datetime) -> None:
    """Open tasks in the running transaction."""
    rows = [Task(**vars(task), opened_at=now) for task in tasks]
    if rows:
        Task.objects.bulk_create(rows, ignore_conflicts=True)
