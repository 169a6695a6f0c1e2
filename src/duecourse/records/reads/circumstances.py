"""What a customer's circumstances are: facts that hold, and those that were ended, with who said them and where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

MOST = 200

_FACTS = """
SELECT c.shard, c.id, c.kind, c.data, c.words, c.said_by, c.source, c.recorded_by, c.at, least(c.until_at, e.at),
       coalesce(e.recorded_by, ''), coalesce(d.ref, ''), coalesce(p.value, ''), coalesce(w.words, '')
  FROM circumstance c
  LEFT JOIN circumstance e ON e.shard = c.shard AND e.ends_id = c.id
  LEFT JOIN debt d ON d.shard = c.shard AND d.id = c.debt_id
  LEFT JOIN contact_point p ON p.shard = c.shard AND p.id = c.contact_point_id
  LEFT JOIN circumstance w ON w.shard = c.shard AND w.id = c.person_id
 WHERE c.shard = %(shard)s AND c.customer_id = %(customer)s AND c.ends_id IS NULL
 ORDER BY (least(c.until_at, e.at) IS NOT NULL AND least(c.until_at, e.at) <= %(now)s), c.at DESC, c.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """`until` is when it ends or ended; `debt`, `address` and `person` are empty where it is about all of them."""

    shard: int
    id: int
    kind: str
    data: dict[str, Any]
    words: str
    said_by: str
    source: str
    recorded_by: str
    at: datetime
    until: datetime | None
    ended_by: str
    debt: str
    address: str
    person: str

    def holds(self, now: datetime) -> bool:
        return self.until is None or self.until > now


def facts(shard: int, customer_id: int, *, now: datetime) -> tuple[Fact, ...]:
    """Those that hold first, each part newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"shard": shard, "customer": customer_id, "now": now, "limit": MOST})
        return tuple(Fact(*row[:3], _object(row[3]), *row[4:]) for row in cursor.fetchall())


def _object(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found
