"""The outbox as a queue: the row that is due is the job."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection


def claim(*, now: datetime, limit: int, channels: tuple[str, ...]) -> list[dict[str, Any]]:
    """Lock up to `limit` due rows that no other worker holds, oldest first. They stay locked until the transaction ends.

    `doubt`: it may have been sent already, and is due again because the provider knows it by its key until `key_until`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, o.shard, o.customer_id, o.creditor_id, o.channel, o.contact_point_id, o.purpose,"
            "       ARRAY(SELECT jsonb_array_elements_text(o.context->'debts')::bigint) AS debts,"
            "       (SELECT count(*) FROM receipt r WHERE r.shard = o.shard AND r.outbox_id = o.id AND r.kind = 'not_sent') AS tries,"
            "       (SELECT count(*) FROM attempt a WHERE a.shard = o.shard AND a.outbox_id = o.id) AS attempts,"
            "       EXISTS (SELECT 1 FROM receipt r WHERE r.shard = o.shard AND r.outbox_id = o.id AND r.kind = 'unknown'"
            "                  AND NOT EXISTS (SELECT 1 FROM receipt l WHERE l.shard = o.shard AND l.outbox_id = o.id AND l.id > r.id"
            "                                     AND l.kind = 'not_sent' AND l.said_by !~ '^(worker [0-9]+|recovery)$')) AS doubt,"
            "       (SELECT min(a.key_until_at) FROM attempt a WHERE a.shard = o.shard AND a.outbox_id = o.id) AS key_until"
            "  FROM outbox o WHERE o.state = 'due' AND o.due_at <= %s AND o.channel = ANY(%s)"
            " ORDER BY o.due_at, o.id LIMIT %s FOR UPDATE OF o SKIP LOCKED",
            [now, list(channels), limit],
        )
        names = [c.name for c in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def settle(rows: list[tuple[int, int, str, str]], *, now: datetime) -> None:
    """Set (shard, id) to a state with its why."""
    _update("state = v.value, why = v.why, changed_at = %s", "text", rows, now)


def postpone(rows: list[tuple[int, int, str, str]], *, now: datetime) -> None:
    """Make (shard, id) due again at an instant (ISO), with its why; no step is used up."""
    _update("state = 'due', due_at = v.value, why = v.why, changed_at = %s", "timestamptz", rows, now)


def _update(change: str, kind: str, rows: list[tuple[int, int, str, str]], now: datetime) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE outbox o SET {change} FROM unnest(%s::smallint[], %s::bigint[], %s::{kind}[], %s::text[])"
            " AS v(shard, id, value, why) WHERE o.shard = v.shard AND o.id = v.id",
            [now, *([row[i] for row in rows] for i in range(4))],
        )


def void_reminders(rows: list[tuple[int, int]]) -> None:
    """The message was refused: its steps are not used up."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reminder r SET void = true FROM unnest(%s::smallint[], %s::bigint[]) AS v(shard, id)"
                " WHERE r.shard = v.shard AND r.outbox_id = v.id AND NOT r.void",
                [[r[0] for r in rows], [r[1] for r in rows]],
            )
