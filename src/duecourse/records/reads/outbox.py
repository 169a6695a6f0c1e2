"""The outbox by state, newest first; each row with its trace; and one message as it was rendered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

MOST = 10_000
"""Counts stop here."""

STATES = {
    "due": "due",
    "sending": "marked",
    "uncertain": "uncertain",
    "sent": "sent",
    "failed": "failed",
    "stopped": "refused",
}
"""Tab → state of the row."""


@dataclass(frozen=True, slots=True)
class Item:
    """An intended message with what happened to it: trace lines are (at, what, detail, by whom)."""

    shard: int
    id: int
    customer_id: int
    name: str
    creditor: str
    channel: str
    purpose: str
    step: str
    state: str
    due_at: datetime
    changed_at: datetime
    why: str
    recipient: str
    has_message: bool
    asked: bool
    trace: tuple[tuple[datetime, str, str, str], ...]


def counts(*, midnight: datetime) -> dict[str, int]:
    """Rows by tab; sent, failed and stopped since midnight. Each at most MOST."""
    one = "(SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = %s{} LIMIT %s) t)"
    since = " AND changed_at >= %s"
    parts, values = [], []
    for tab, state in STATES.items():
        lately = tab in {"sent", "failed", "stopped"}
        parts.append(one.format(since if lately else ""))
        values += [state, *([midnight] if lately else []), MOST]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return dict(zip(STATES, cursor.fetchone(), strict=True))


_ITEMS = """
SELECT o.shard, o.id, o.customer_id, c.name, coalesce(nullif(k.trading_as, ''), k.name), o.channel, o.purpose, o.step, o.state,
       o.due_at, o.changed_at, o.why, coalesce(p.value, ''),
       EXISTS (SELECT 1 FROM message m WHERE m.shard = o.shard AND m.outbox_id = o.id),
       EXISTS (SELECT 1 FROM task t WHERE t.shard = o.shard AND t.customer_id = o.customer_id AND t.key = 'ask_arrival:' || o.id
                  AND t.closed_at IS NULL),
       (SELECT jsonb_agg(x ORDER BY x->>0) FROM (
          SELECT jsonb_build_array(marked_at, 'attempt marked', '', '') AS x FROM attempt a WHERE a.shard = o.shard AND a.outbox_id = o.id
          UNION ALL
          SELECT jsonb_build_array(at, r.kind, r.detail, r.said_by) FROM receipt r WHERE r.shard = o.shard AND r.outbox_id = o.id) y)::text
  FROM (SELECT * FROM outbox WHERE {where}) o
  JOIN customer c ON c.shard = o.shard AND c.id = o.customer_id
  JOIN creditor k ON k.id = o.creditor_id
  LEFT JOIN contact_point p ON p.shard = o.shard AND p.id = o.contact_point_id
 ORDER BY o.changed_at DESC, o.id DESC
"""


def items(tab: str, *, before: tuple[datetime, int] | None = None, limit: int = 25) -> tuple[Item, ...]:
    """A page of one tab."""
    keyset = "AND (changed_at, id) < (%(at)s, %(id)s)" if before else ""
    where = f"state = %(state)s {keyset} ORDER BY changed_at DESC, id DESC LIMIT %(limit)s"
    at, id_ = before or (None, None)
    return _items(where, {"state": STATES[tab], "at": at, "id": id_, "limit": limit})


def item(shard: int, outbox_id: int) -> Item | None:
    """One row, or None where it is not in scope."""
    found = _items("shard = %(shard)s AND id = %(id)s", {"shard": shard, "id": outbox_id})
    return found[0] if found else None


def _items(where: str, values: dict[str, Any]) -> tuple[Item, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS.format(where=where), values)
        return tuple(
            Item(
                *row[:15],
                tuple((datetime.fromisoformat(at), *rest) for at, *rest in json.loads(row[15] or "[]")),
            )
            for row in cursor.fetchall()
        )


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message, exactly as it left or would have left."""

    recipient: str
    subject: str
    text: str
    html: str
    content_hash: str
    template_version: str
    rendered_at: datetime


def rendered(shard: int, outbox_id: int) -> Rendered | None:
    """The newest rendering of an outbox row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT recipient, subject, text, html, content_hash, template_version, rendered_at FROM message"
            " WHERE shard = %s AND outbox_id = %s ORDER BY id DESC LIMIT 1",
            [shard, outbox_id],
        )
        row = cursor.fetchone()
    return Rendered(*row) if row else None
