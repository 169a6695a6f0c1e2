"""What a row of the desk shows of each customer: one statement for all rows of a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

_FACTS = """
SELECT c.shard, c.id, c.ref, c.name, c.kind, c.creditor_id, coalesce(nullif(c.timezone, ''), k.timezone) AS zone,
       coalesce(nullif(k.trading_as, ''), k.name) AS creditor, k.timezone AS creditor_zone,
       coalesce(d.sums, '[]')::text AS sums, coalesce(p.person, '') AS person, coalesce(p.phone, '') AS phone,
       coalesce(w.lately, 0) AS lately, w.last_out, r.promise::text AS promise, coalesce(h.kinds, '{{}}') AS holds,
       s.settled, s.habit, coalesce(a.said, 0) AS said, coalesce(a.points, 0) AS points
  FROM unnest(%(shards)s::smallint[], %(ids)s::bigint[]) WITH ORDINALITY AS v(shard, id, place)
  JOIN customer c ON c.shard = v.shard AND c.id = v.id
  JOIN creditor k ON k.id = c.creditor_id
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(currency, open, due, oldest, n, overdue) ORDER BY open DESC) AS sums
      FROM (SELECT currency, sum(open_minor) AS open, coalesce(sum(open_minor) FILTER (WHERE due_date < %(today)s), 0) AS due,
                   min(due_date) AS oldest, count(*) AS n, count(*) FILTER (WHERE due_date < %(today)s) AS overdue
              FROM debt WHERE shard = c.shard AND customer_id = c.id AND open_minor <> 0 GROUP BY currency) one) d ON true
  LEFT JOIN LATERAL (
    SELECT max(person) AS person, max(value) FILTER (WHERE kind = 'phone') AS phone
      FROM (SELECT person, kind, value FROM contact_point
             WHERE shard = c.shard AND customer_id = c.id AND ended_at IS NULL ORDER BY rank, id LIMIT 4) best) p ON true
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE at > %(since)s AND purpose <> 'receipt') AS lately, max(at) AS last_out
      FROM contact WHERE shard = c.shard AND customer_id = c.id AND direction = 'out') w ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_build_array(currency, amount_minor, by_date, made_at) AS promise
      FROM promise WHERE shard = c.shard AND customer_id = c.id ORDER BY by_date DESC, id DESC LIMIT 1) r ON true
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT kind) AS kinds FROM hold
     WHERE shard = c.shard AND customer_id = c.id AND from_at <= %(now)s AND (until_at IS NULL OR until_at > %(now)s)) h ON true
  LEFT JOIN LATERAL (
    SELECT count(*) AS settled, percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_date - due_date) AS habit
      FROM debt WHERE shard = c.shard AND customer_id = c.id AND closed_date IS NOT NULL) s ON true
  LEFT JOIN LATERAL (
    SELECT greatest((SELECT max(id) FROM consent WHERE shard = c.shard AND customer_id = c.id),
                    (SELECT max(id) FROM circumstance WHERE shard = c.shard AND customer_id = c.id),
                    (SELECT max(id) FROM contact_outcome WHERE shard = c.shard AND customer_id = c.id)) AS said,
           (SELECT sum(id) FROM contact_point WHERE shard = c.shard AND customer_id = c.id AND ended_at IS NULL) AS points) a ON true
 ORDER BY v.place
""".replace("{{}}", "{}")


@dataclass(frozen=True, slots=True)
class Sum:
    """What is open in one currency, in minor units; `due` is the part that is past its date."""

    currency: str
    open: int
    due: int
    oldest: date
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Promised:
    """The newest promise."""

    currency: str
    amount: int
    by: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One customer. `lately` counts contacts in the budget's days; `habit` is the median of days late of what was settled.

    `said` and `points` are marks of the newest thing that was told and of the addresses.
    """

    shard: int
    id: int
    ref: str
    name: str
    is_person: bool
    creditor_id: int
    zone: str
    creditor: str
    creditor_zone: str
    sums: tuple[Sum, ...]
    person: str
    phone: str
    lately: int
    last_out: datetime | None
    promise: Promised | None
    holds: tuple[str, ...]
    settled: int
    habit: float | None
    said: int
    points: int

    @property
    def state(self) -> tuple[object, ...]:
        """Differs where anything that the contact gate reads of this customer has changed."""
        return self.shard, self.id, self.zone, self.lately, self.last_out, self.holds, self.said, self.points


def row_facts(
    pairs: Sequence[tuple[int, int]], *, now: datetime, today: date, since: datetime
) -> dict[tuple[int, int], RowFacts]:
    """(shard, id) → facts; `since` opens the days in which the contact budget counts."""
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS,
            {
                "shards": [p[0] for p in pairs],
                "ids": [p[1] for p in pairs],
                "now": now,
                "today": today,
                "since": since,
            },
        )
        return {(row[0], row[1]): _facts(row) for row in cursor.fetchall()}


def _facts(row: Sequence[Any]) -> RowFacts:
    promise = json.loads(row[14]) if row[14] else None
    return RowFacts(
        *row[:4],
        row[4] == "person",
        *row[5:9],
        tuple(Sum(c, o, d, date.fromisoformat(day), n, late) for c, o, d, day, n, late in json.loads(row[9])),
        *row[10:14],
        Promised(promise[0], promise[1], date.fromisoformat(promise[2]), datetime.fromisoformat(promise[3]))
        if promise
        else None,
        tuple(row[15]),
        row[16] or 0,
        row[17],
        int(row[18]),
        int(row[19]),
    )
