"""Holds that run now, those first that are to be looked at again soonest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

_HOLDS = """
SELECT h.shard, h.id, h.customer_id, c.name, h.kind, h.reason, h.placed_by, h.from_at, h.until_at, h.review_date, coalesce(d.ref, '')
  FROM hold h
  JOIN customer c ON c.shard = h.shard AND c.id = h.customer_id
  LEFT JOIN debt d ON d.shard = h.shard AND d.id = h.debt_id
 WHERE h.lifted_by = '' AND (h.until_at IS NULL OR h.until_at > %(now)s) AND (%(kind)s = '' OR h.kind = %(kind)s)
   AND (coalesce(h.review_date, 'infinity'::date), h.id) > (%(day)s, %(id)s)
 ORDER BY coalesce(h.review_date, 'infinity'::date), h.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class RunningHold:
    """A hold with its customer; `debt_ref` empty holds everything."""

    shard: int
    id: int
    customer_id: int
    name: str
    kind: str
    reason: str
    placed_by: str
    from_at: datetime
    until_at: datetime | None
    review_date: date | None
    debt_ref: str


def holds(
    *, now: datetime, kind: str = "", after: tuple[str, int] | None = None, limit: int = 50
) -> tuple[RunningHold, ...]:
    """A page of running holds; `after` is the review date (or "infinity") and id where the last page ended."""
    day, id_ = after or ("-infinity", 0)
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS, {"now": now, "kind": kind, "day": day, "id": id_, "limit": limit})
        return tuple(RunningHold(*row) for row in cursor.fetchall())
