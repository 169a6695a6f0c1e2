"""The customer's page: who they are, what is owed, what was promised, what holds, how to reach them. One statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

MOST_DEBTS = 100


@dataclass(frozen=True, slots=True)
class Who:
    """A customer with the creditor that they owe."""

    shard: int
    id: int
    ref: str
    name: str
    is_person: bool
    language: str
    creditor_id: int
    creditor: str
    zone: str
    country: str
    currency: str


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A debt with something open, in minor units."""

    id: int
    ref: str
    description: str
    currency: str
    open_minor: int
    due_date: date


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise with the cash that came from when it was made until the day after its date."""

    currency: str
    amount_minor: int
    by_date: date
    channel: str
    taken_by: str
    received_minor: int

    @property
    def kept(self) -> bool:
        return self.received_minor >= self.amount_minor


@dataclass(frozen=True, slots=True)
class RunningHold:
    """A hold that runs now; `debt_id` None holds everything."""

    shard: int
    id: int
    debt_id: int | None
    kind: str
    reason: str
    placed_by: str
    until_at: datetime | None
    review_date: date | None


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that nobody has closed."""

    shard: int
    id: int
    title: str
    detail: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """An address in use."""

    kind: str
    value: str
    person: str


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Everything about one customer but the timeline. `credits`: money not matched yet, by currency, in minor units;
    `stopped`: channels (and addresses, or "" for all of a channel) that the newest consent row rules out."""

    who: Who
    debts: tuple[OpenDebt, ...]
    credits: tuple[tuple[str, int], ...]
    promises: tuple[PromiseState, ...]
    holds: tuple[RunningHold, ...]
    tasks: tuple[OpenTask, ...]
    points: tuple[Point, ...]
    stopped: frozenset[tuple[str, str]]


_PAGE = """
SELECT c.shard, c.id, c.ref, c.name, c.kind = 'person', c.language, k.id, coalesce(nullif(k.trading_as, ''), k.name), k.timezone,
       k.country, k.currency,
       (SELECT jsonb_agg(jsonb_build_array(d.id, ref, description, currency, open_minor, due_date) ORDER BY due_date, d.id)
          FROM (SELECT * FROM debt WHERE shard = c.shard AND customer_id = c.id AND open_minor <> 0
                 ORDER BY due_date, id LIMIT %(most)s) d)::text,
       (SELECT jsonb_agg(jsonb_build_array(currency, amount_minor))
          FROM credit WHERE shard = c.shard AND customer_id = c.id AND amount_minor <> 0)::text,
       (SELECT jsonb_agg(jsonb_build_array(currency, amount_minor, by_date, channel, taken_by, coalesce((
                 SELECT sum(l.amount_minor) FROM entry e JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id
                  WHERE e.shard = p.shard AND e.customer_id = p.customer_id AND e.kind = 'payment' AND e.currency = p.currency
                    AND l.account = 'cash' AND e.booked_date BETWEEN p.made_at::date AND p.by_date + 1), 0))
                 ORDER BY by_date DESC, id DESC)
          FROM (SELECT * FROM promise WHERE shard = c.shard AND customer_id = c.id ORDER BY by_date DESC, id DESC LIMIT 10) p)::text,
       (SELECT jsonb_agg(jsonb_build_array(shard, id, debt_id, kind, reason, placed_by, until_at, review_date) ORDER BY from_at)
          FROM hold WHERE shard = c.shard AND customer_id = c.id AND from_at <= %(now)s
           AND (until_at IS NULL OR until_at > %(now)s))::text,
       (SELECT jsonb_agg(jsonb_build_array(shard, id, title, detail, opened_at) ORDER BY opened_at)
          FROM task WHERE shard = c.shard AND customer_id = c.id AND closed_at IS NULL)::text,
       (SELECT jsonb_agg(jsonb_build_array(kind, value, person) ORDER BY kind, rank, id)
          FROM contact_point WHERE shard = c.shard AND customer_id = c.id AND ended_at IS NULL)::text,
       (SELECT jsonb_agg(jsonb_build_array(channel, address))
          FROM (SELECT DISTINCT ON (channel, address) channel, address, given FROM consent
                 WHERE shard = c.shard AND customer_id = c.id ORDER BY channel, address, id DESC) said WHERE NOT given)::text
  FROM customer c JOIN creditor k ON k.id = c.creditor_id
 WHERE c.shard = %(shard)s AND c.id = %(id)s
"""


def customer_page(shard: int, customer_id: int, *, now: datetime) -> CustomerPage | None:
    """None where there is no such customer in scope."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, {"shard": shard, "id": customer_id, "now": now, "most": MOST_DEBTS})
        row = cursor.fetchone()
    if row is None:
        return None
    debts, credits, promises, holds, tasks, points, stopped = (_list(text) for text in row[11:])
    return CustomerPage(
        who=Who(*row[:11]),
        debts=tuple(OpenDebt(*d[:5], date.fromisoformat(d[5])) for d in debts),
        credits=tuple((currency, amount) for currency, amount in credits),
        promises=tuple(PromiseState(*p[:2], date.fromisoformat(p[2]), *p[3:]) for p in promises),
        holds=tuple(
            RunningHold(
                *h[:6],
                datetime.fromisoformat(h[6]) if h[6] else None,
                date.fromisoformat(h[7]) if h[7] else None,
            )
            for h in holds
        ),
        tasks=tuple(OpenTask(*t[:4], datetime.fromisoformat(t[4])) for t in tasks),
        points=tuple(Point(*p) for p in points),
        stopped=frozenset((channel, address) for channel, address in stopped),
    )


def _list(text: str | None) -> list[Any]:
    found: list[Any] = json.loads(text) if text else []
    return found
