"""Four eyes: one person asks, another decides. The database refuses a decision by the one who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.records.cases.disputes import Approval
from duecourse.records.cases.models import Task

TITLES = {
    "arrangement": "Terms outside the limits: allow them or say no",
    "write_off": "A write-off: allow it or say no",
    "refund": "A refund: allow it or say no",
}


@dataclass(frozen=True, slots=True)
class NewApproval:
    """What is asked for. `asked_by_id` is a person on the staff; 0 is the customer."""

    shard: int
    creditor_id: int
    customer_id: int
    act: str
    subject_id: int
    currency: str
    amount_minor: int
    reason: str
    asked_by_id: int
    asked_by: str


class MayNotDecide(ValueError):
    """Whoever asked does not decide, and a decision is made once."""


def ask(new: NewApproval, *, now: datetime) -> Approval:
    """Ask, and hand it to another person. Asking for the same again, while it waits, asks once."""
    waiting = Approval.objects.filter(shard=new.shard, act=new.act, subject_id=new.subject_id, decided_at__isnull=True)
    made: Approval = waiting.first() or Approval.objects.create(**_plain(new), asked_at=now)
    open_tasks(
        [NewTask(new.shard, new.creditor_id, new.customer_id, "approval", TITLES[new.act], f"approval:{made.id}",
                 f"{new.asked_by}: {new.reason}")],
        now=now,
    )  # fmt: skip
    return made


def decide(shard: int, approval_id: int, *, granted: bool, by_id: int, by: str, now: datetime) -> Approval:
    """Say yes or no. Raises MayNotDecide."""
    found = Approval.objects.filter(shard=shard, id=approval_id).first()
    if found is None or found.decided_at is not None:
        raise MayNotDecide("This was decided already.")
    if found.asked_by_id == by_id:
        raise MayNotDecide("You asked for this. Somebody else has to decide it.")
    done = Approval.objects.filter(shard=shard, id=approval_id, decided_at__isnull=True).update(
        decided_by_id=by_id, decided_by=by, decided_at=now, granted=granted
    )
    if not done:
        raise MayNotDecide("Somebody was faster: it is decided.")
    Task.objects.filter(shard=shard, key=f"approval:{approval_id}", closed_at__isnull=True).update(
        closed_at=now, closed_by=by, outcome="allowed" if granted else "not allowed"
    )
    found.refresh_from_db()
    return found


def _plain(new: NewApproval) -> dict[str, object]:
    return {name: getattr(new, name) for name in NewApproval.__dataclass_fields__}
