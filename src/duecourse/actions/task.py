"""Close a task with its outcome, or open it again. `open_task` opens new ones."""

from __future__ import annotations

from datetime import datetime

from duecourse.records.cases.models import Task


def close(shard: int, task_id: int, *, by: str, outcome: str, now: datetime) -> Task | None:
    """Close an open task; None where somebody was faster."""
    changed = Task.objects.filter(shard=shard, id=task_id, closed_at__isnull=True).update(
        closed_at=now, closed_by=by, outcome=outcome
    )
    return Task.objects.get(shard=shard, id=task_id) if changed else None


def reopen(shard: int, task_id: int) -> Task | None:
    """Undo a close; None where the task is open."""
    changed = Task.objects.filter(shard=shard, id=task_id, closed_at__isnull=False).update(
        closed_at=None, closed_by="", outcome=""
    )
    return Task.objects.get(shard=shard, id=task_id) if changed else None
