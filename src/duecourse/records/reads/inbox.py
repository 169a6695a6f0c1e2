"""The inbox: what came in and waits for a person, the most pressing first; one message; what a customer wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from duecourse.records.sealing import CannotOpen, unseal

MOST = 1000


@dataclass(frozen=True, slots=True)
class About:
    """A customer that a message is about."""

    shard: int
    customer_id: int
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Item:
    """A message. Words that are sealed are empty until `opened` reads them for somebody who may."""

    shard: int
    id: int
    creditor_id: int
    channel: str
    sender: str
    subject: str
    text: str
    secret: bool
    labels: tuple[str, ...]
    urgent: bool
    evidence: tuple[tuple[str, str], ...]
    language: str
    automatic: bool
    trimmed: bool
    attachments: tuple[dict[str, Any], ...]
    received_at: datetime
    answer_by: datetime | None
    taken_by: str
    handled_by: str
    outcome: str
    external_id: str
    sealed: bytes | None
    about: tuple[About, ...]


_ITEMS = """
SELECT i.shard, i.id, i.creditor_id, i.channel, i.sender, i.subject, i.text, i.sealed IS NOT NULL, i.labels, i.urgent, i.evidence::text,
       i.language, i.automatic, i.trimmed, i.attachments::text, i.received_at, i.answer_by, i.taken_by, i.handled_by, i.outcome,
       i.external_id, i.sealed,
       (SELECT jsonb_agg(jsonb_build_array(a.shard, a.customer_id, c.name, a.how) ORDER BY c.name, c.id)
          FROM inbound_about a JOIN customer c ON c.shard = a.shard AND c.id = a.customer_id
         WHERE a.inbound_id = i.id AND a.ended_at IS NULL)::text
  FROM (SELECT * FROM inbound WHERE {where}) i
"""


def waiting_count() -> int:
    """Messages that wait for a person, at most MOST."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM inbound WHERE handled_at IS NULL LIMIT %s) t", [MOST])
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Clock:
    """Of the last days: how soon a person had words of harm (median minutes, of how many), and the share of all messages
    that a person had in time; None where there were none."""

    harm_minutes: float | None
    harm_count: int
    in_time: float | None


_CLOCK = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM taken_at - received_at) / 60)
         FILTER (WHERE labels && ARRAY['vulnerability', 'hardship'] AND taken_at IS NOT NULL),
       count(*) FILTER (WHERE labels && ARRAY['vulnerability', 'hardship'] AND taken_at IS NOT NULL),
       avg(coalesce(taken_at <= answer_by, false)::int) FILTER (WHERE taken_at IS NOT NULL OR answer_by < %(now)s)
  FROM inbound WHERE received_at > %(since)s AND answer_by IS NOT NULL
"""


def clock(*, now: datetime, days: int = 30) -> Clock:
    """The service levels of the inbox."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOCK, {"now": now, "since": now - timedelta(days=days)})
        minutes, count, share = cursor.fetchone()
    return Clock(minutes, count, float(share) if share is not None else None)


def waiting(*, limit: int = 50) -> tuple[Item, ...]:
    """Those whose time is up first. A page holds the most pressing; the next ones come as these are dealt with."""
    return _items(
        "handled_at IS NULL ORDER BY answer_by NULLS LAST, id LIMIT %s", [limit], " ORDER BY answer_by NULLS LAST, i.id"
    )


def lately(*, before: tuple[datetime, int] | None = None, limit: int = 50) -> tuple[Item, ...]:
    """All that came in, newest first; `before` is where a page ended."""
    keyset = "(received_at, id) < (%s, %s)" if before else "true"
    where = f"{keyset} ORDER BY received_at DESC, id DESC LIMIT %s"
    return _items(where, [*(before or ()), limit], " ORDER BY received_at DESC, i.id DESC")


def one(shard: int, inbound_id: int) -> Item | None:
    """A message in scope."""
    found = _items("shard = %s AND id = %s", [shard, inbound_id], "")
    return found[0] if found else None


def opened(item: Item) -> Item:
    """With its sealed words, for somebody who may read them. Raises CannotOpen."""
    if item.sealed is None:
        return item
    kept = json.loads(unseal(item.sealed, of=f"inbound:{item.external_id}"))
    told = {name: getattr(item, name) for name in Item.__slots__}
    quotes = tuple((e["label"], e["quote"]) for e in kept["evidence"])
    return Item(**told | {"subject": kept["subject"], "text": kept["text"], "evidence": quotes, "secret": False})


def _items(where: str, values: list[Any], order: str) -> tuple[Item, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS.format(where=where) + order, values)
        return tuple(
            Item(
                *row[:8],
                tuple(row[8]),
                row[9],
                tuple((e["label"], e["quote"]) for e in json.loads(row[10])),
                *row[11:14],
                tuple(json.loads(row[14])),
                *row[15:21],
                bytes(row[21]) if row[21] is not None else None,
                tuple(About(*a) for a in json.loads(row[22] or "[]")),
            )
            for row in cursor.fetchall()
        )


__all__ = ["About", "CannotOpen", "Clock", "Item", "clock", "lately", "one", "opened", "waiting", "waiting_count"]
