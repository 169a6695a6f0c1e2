"""Put a message that the customer waits for into the outbox: it goes through the same last look and gate as every other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from duecourse.records.journal.models import Outbox
from duecourse.records.parties.models import ContactPoint

PURPOSES = {
    "plan_agreed": "What was agreed, in writing",
    "plan_reminder": "A payment of a plan is near",
    "plan_check_in": "A payment of a plan did not come: how are you?",
    "plan_done": "Thanks: the plan is kept",
    "answer": "Our answer, or the invoice again",
}
"""Purposes of messages that are neither reminder nor receipt, as staff read them. `core.decide.permits` says what the law calls them."""


def say(
    who: tuple[int, int, int],
    purpose: str,
    step: str,
    context: Mapping[str, Any],
    *,
    key: str,
    now: datetime,
    point_id: int | None = None,
) -> bool:
    """Queue one message to (shard, creditor, customer), once a `key`; False where there is no address, or it was queued before.

    `step` chooses the words of the template; `context` has `debts` (ids) and what only this message knows.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose} is not a purpose of a message")
    shard, creditor_id, customer_id = who
    if point_id is None:
        points = ContactPoint.objects.filter(shard=shard, customer_id=customer_id, kind="email", ended_at__isnull=True)
        point_id = points.order_by("rank", "id").values_list("id", flat=True).first()
    if point_id is None or Outbox.objects.filter(shard=shard, key=key).exists():
        return False
    row = Outbox(
        shard=shard, creditor_id=creditor_id, customer_id=customer_id, key=key, channel="email", contact_point_id=point_id,
        purpose=purpose, template="notice", step=step, context={"debts": [], **context}, due_at=now, created_at=now,
        changed_at=now,
    )  # fmt: skip
    Outbox.objects.bulk_create([row], ignore_conflicts=True)
    return True
