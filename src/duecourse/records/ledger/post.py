"""Posting: the one way money gets into the ledger. A set of postings at a time, each at most once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import connection


@dataclass(frozen=True)
class PostLeg:
    """A signed amount in minor units on an account; `receivable` names the debt it moves."""

    account: str
    amount_minor: int
    debt_id: int | None = None


@dataclass(frozen=True)
class Posting:
    """One event in money. `key` names it: the same key is posted once, whoever tries again. Legs sum to zero."""

    shard: int
    creditor_id: int
    customer_id: int
    kind: str
    booked_date: date
    posted_at: datetime
    currency: str
    key: str
    legs: tuple[PostLeg, ...] = field(default=())
    memo: str = ""


def post(postings: Iterable[Posting]) -> set[tuple[int, str]]:
    """Post in the running transaction; returns (shard, key) of those that were new.

    Raises IntegrityError at commit where an entry does not balance, and at once where a leg's currency, customer or
    creditor differs from its entry's or debt's.
    """
    rows = sorted(postings, key=lambda p: (p.shard, p.customer_id))
    if not rows:
        return set()
    document = json.dumps([asdict(p) for p in rows], default=_plain)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ENTRIES, [document])
        new = {(shard, key): id_ for shard, id_, key in cursor.fetchall()}
        if not new:
            return set()
        legs = [
            {"shard": p.shard, "entry_id": new[p.shard, p.key], "creditor_id": p.creditor_id, "customer_id": p.customer_id,
             "currency": p.currency, **asdict(leg)}
            for p in rows
            if (p.shard, p.key) in new
            for leg in p.legs
        ]  # fmt: skip
        cursor.execute(_INSERT_LEGS, [json.dumps(legs)])
    return set(new)


def _plain(value: date | datetime) -> str:
    return value.isoformat()


_INSERT_ENTRIES = """
INSERT INTO entry (shard, creditor_id, customer_id, kind, booked_date, posted_at, currency, key, memo)
SELECT shard, creditor_id, customer_id, kind, booked_date, posted_at, currency, key, memo
  FROM jsonb_to_recordset(%s::jsonb) AS r(shard smallint, creditor_id bigint, customer_id bigint, kind text,
       booked_date date, posted_at timestamptz, currency text, key text, memo text)
ON CONFLICT (shard, key) DO NOTHING
RETURNING shard, id, key
"""

_INSERT_LEGS = """
INSERT INTO leg (shard, entry_id, creditor_id, customer_id, currency, account, debt_id, amount_minor)
SELECT shard, entry_id, creditor_id, customer_id, currency, account, debt_id, amount_minor
  FROM jsonb_to_recordset(%s::jsonb) AS r(shard smallint, entry_id bigint, creditor_id bigint, customer_id bigint,
       currency text, account text, debt_id bigint, amount_minor bigint)
 ORDER BY shard, entry_id
"""
