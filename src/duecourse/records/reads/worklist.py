"""The worklist: open tasks, those first that a customer waits on; keyset pages; and the numbers above them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

Key = tuple[int, datetime, int]
"""Rank, opened at, id: where a page ended."""

WAITING_KINDS = (
    "hardship", "dispute", "wants_talk", "asks_time", "says_paid", "no_invoice", "new_link", "wrong_person", "ask_arrival",
)  # fmt: skip
"""Tasks that a customer's own words opened."""

_NEXT = """
SELECT t.shard, t.id, t.customer_id, t.kind, t.title, t.detail, t.opened_at, t.due_at, task_rank(t.kind)
  FROM task t
 WHERE t.closed_at IS NULL AND (%(kinds)s::text[] IS NULL OR t.kind = ANY(%(kinds)s))
   AND (task_rank(t.kind), t.opened_at, t.id) > (%(rank)s, %(opened)s, %(id)s)
 ORDER BY task_rank(t.kind), t.opened_at, t.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Todo:
    """An open task; `rank` 1 comes first."""

    shard: int
    id: int
    customer_id: int
    kind: str
    title: str
    detail: str
    opened_at: datetime
    due_at: datetime | None
    rank: int

    @property
    def key(self) -> Key:
        return self.rank, self.opened_at, self.id


def todos(
    *, after: Key | None = None, waiting_only: bool = False, limit: int = 25, start: datetime
) -> tuple[Todo, ...]:
    """The next open tasks; `start` is any instant before the first task."""
    rank, opened, id_ = after or (0, start, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            _NEXT,
            {
                "kinds": list(WAITING_KINDS) if waiting_only else None,
                "rank": rank,
                "opened": opened,
                "id": id_,
                "limit": limit,
            },
        )
        return tuple(Todo(*row) for row in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Due:
    """A promise whose date is near or has passed within the last two weeks."""

    shard: int
    id: int
    customer_id: int
    currency: str
    amount_minor: int
    by_date: date
    channel: str
    taken_by: str
    received_minor: int


_PROMISES = """
SELECT p.shard, p.id, p.customer_id, p.currency, p.amount_minor, p.by_date, p.channel, p.taken_by,
       coalesce((SELECT sum(l.amount_minor) FROM entry e JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id
                  WHERE e.shard = p.shard AND e.customer_id = p.customer_id AND e.kind = 'payment'
                    AND e.currency = p.currency AND l.account = 'cash' AND e.booked_date >= p.made_at::date), 0)::bigint
  FROM promise p
 WHERE p.by_date BETWEEN %(first)s AND %(last)s AND (p.by_date, p.id) > (%(day)s, %(id)s)
 ORDER BY p.by_date, p.id LIMIT %(limit)s
"""


def promises(*, today: date, after: tuple[date, int] | None = None, limit: int = 25) -> tuple[Due, ...]:
    """Promises from two weeks ago until tomorrow, oldest first, with what has come since they were made."""
    first = today - timedelta(days=14)
    day, id_ = after or (first, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            _PROMISES,
            {"first": first, "last": today + timedelta(days=1), "day": day, "id": id_, "limit": limit},
        )
        return tuple(Due(*row) for row in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Strip:
    """The numbers above the list. Minutes are of tasks that a customer's words opened, closed in the last seven days."""

    open_tasks: int
    done_today: int
    promises_today: int
    promised: dict[str, int]
    median_minutes: float | None
    uncertain: int
    books_read_at: datetime | None
    any_customer: bool
    decided_at: datetime | None
    left_alone: int | None


_STRIP = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM task WHERE closed_at IS NULL LIMIT 1000) t),
       (SELECT count(*) FROM task WHERE closed_at >= %(midnight)s),
       (SELECT count(*) FROM promise WHERE by_date = %(today)s),
       (SELECT jsonb_object_agg(currency, total) FROM (SELECT currency, sum(amount_minor) AS total FROM promise
         WHERE by_date = %(today)s GROUP BY currency) p)::text,
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - opened_at) / 60)
          FROM task WHERE closed_at >= %(week)s AND kind = ANY(%(kinds)s)),
       (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'uncertain' LIMIT 1000) o),
       (SELECT max(finished_at) FROM import_file WHERE state = 'done'),
       EXISTS (SELECT 1 FROM customer),
       r.decided_at,
       (SELECT sum(p.customers - p.contacts - p.tasks) FROM run_part p WHERE p.run_id = r.id)::bigint
  FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT id, decided_at FROM run WHERE state = 'done' ORDER BY id DESC LIMIT 1) r ON true
"""


def strip(*, now: datetime, midnight: datetime, today: date) -> Strip:
    """All of it in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STRIP,
            {"midnight": midnight, "today": today, "week": now - timedelta(days=7), "kinds": list(WAITING_KINDS)},
        )
        row: tuple[Any, ...] = cursor.fetchone()
    return Strip(*row[:3], json.loads(row[3]) if row[3] else {}, *row[4:])


def next_after(shard: int, customer_id: int) -> tuple[int, int] | None:
    """The first customer of the list who is not this one: (shard, id)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.shard, t.customer_id FROM task t WHERE t.closed_at IS NULL AND (t.shard, t.customer_id) <> (%s, %s)"
            " ORDER BY task_rank(t.kind), t.opened_at, t.id LIMIT 1",
            [shard, customer_id],
        )
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
