"""What became of a hand-over: the state of the outbox row, and a receipt that says who said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from duecourse.actions.next_address import next_address
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.connectors.channels.email import Outcome
from duecourse.records.journal.claim import postpone, settle
from duecourse.records.journal.models import Outbox

RETRY_AFTER = timedelta(minutes=5)
"""Wait before a message that certainly was not sent is tried again; doubled each time."""
MOST_TRIES = 8

_RECEIPT = {
    Outcome.ACCEPTED: "accepted",
    Outcome.REFUSED: "refused",
    Outcome.NOT_NOW: "not_sent",
    Outcome.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class Told:
    """An outcome of one message. `tries` counts earlier attempts that certainly sent nothing; `keyed`: the provider knows
    the message again by its key, so that it may be asked once more where the answer is not known."""

    shard: int
    outbox_id: int
    outcome: Outcome
    detail: str = ""
    tries: int = 0
    wait: timedelta = RETRY_AFTER
    keyed: bool = False


def record(told: Sequence[Told], *, now: datetime, said_by: str) -> None:
    """Record in the running transaction. A message refused for good, or tried too often, becomes a task for a person."""
    if not told:
        return
    final: list[tuple[int, int, str, str]] = []
    again: list[tuple[int, int, str, str]] = []
    failed: list[tuple[int, int]] = []
    for t in told:
        if t.outcome is Outcome.ACCEPTED:
            final.append((t.shard, t.outbox_id, "sent", ""))
        elif t.outcome is Outcome.UNKNOWN and t.keyed:
            again.append((t.shard, t.outbox_id, (now + t.wait).isoformat(), t.detail))
        elif t.outcome is Outcome.UNKNOWN:
            final.append((t.shard, t.outbox_id, "uncertain", t.detail))
        elif t.outcome is Outcome.REFUSED or t.tries + 1 >= MOST_TRIES:
            final.append((t.shard, t.outbox_id, "failed", t.detail))
            failed.append((t.shard, t.outbox_id))
        else:
            due = now + t.wait * 2**t.tries
            again.append((t.shard, t.outbox_id, due.isoformat(), t.detail))
    settle(final, now=now)
    postpone(again, now=now)
    for shard, outbox_id in failed:
        next_address(Outbox.objects.get(shard=shard, id=outbox_id), now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO receipt (shard, creditor_id, customer_id, outbox_id, kind, detail, said_by, at)"
            " SELECT o.shard, o.creditor_id, o.customer_id, o.id, v.kind, v.detail, %s, %s"
            "   FROM unnest(%s::smallint[], %s::bigint[], %s::text[], %s::text[]) AS v(shard, id, kind, detail)"
            "   JOIN outbox o ON o.shard = v.shard AND o.id = v.id",
            [
                said_by,
                now,
                [t.shard for t in told],
                [t.outbox_id for t in told],
                [_RECEIPT[t.outcome] for t in told],
                [t.detail for t in told],
            ],
        )
    open_tasks(_failures(failed), now=now)


_REFUSES = {
    "email": "An address refuses our mail: find a better one",
    "sms": "A number takes no texts: find a mobile number",
}


def _failures(failed: Sequence[tuple[int, int]]) -> list[NewTask]:
    if not failed:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.shard, o.creditor_id, o.customer_id, o.contact_point_id, o.channel FROM outbox o"
            " JOIN unnest(%s::smallint[], %s::bigint[]) AS v(shard, id) ON o.shard = v.shard AND o.id = v.id",
            [[f[0] for f in failed], [f[1] for f in failed]],
        )
        return [
            NewTask(shard, creditor, customer, "bad_address", _REFUSES[channel], f"bad_address:{point}")
            for shard, creditor, customer, point, channel in cursor.fetchall()
        ]  # fmt: skip
