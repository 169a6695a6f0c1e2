"""Rulings of the gate: the receipt of each act that went or was held, and the wishes to set a house rule aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

_RULING = """
SELECT r.shard, r.id, r.customer_id, c.name, coalesce(nullif(c.timezone, ''), k.timezone), r.act, r.verdict, r.passed, r.not_before,
       r.asked::text, r.rules::text, r.facts::text, r.places::text, r.rules_digest, r.asked_by, r.at, r.outbox_id,
       coalesce((SELECT m.content_hash FROM message m WHERE m.shard = r.shard AND m.outbox_id = r.outbox_id
                  ORDER BY m.id DESC LIMIT 1), ''),
       o.reason, o.asked_by, o.decided_by, o.decided_at
  FROM ruling r
  JOIN customer c ON c.shard = r.shard AND c.id = r.customer_id
  JOIN creditor k ON k.id = r.creditor_id
  LEFT JOIN rule_override o ON o.shard = r.shard AND o.id = r.override_id
 WHERE r.shard = %(shard)s AND {which} ORDER BY r.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class SetAside:
    """The house rule that two people set aside for this act."""

    reason: str
    asked_by: str
    granted_by: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """One answer of the gate, with all that it read. `asked` holds the act, its counts and, of a message, why it was held."""

    shard: int
    id: int
    customer_id: int
    customer: str
    zone: str
    act: str
    verdict: str
    passed: bool
    not_before: datetime | None
    asked: dict[str, Any]
    rules: list[dict[str, Any]]
    facts: dict[str, list[dict[str, Any]]]
    places: list[dict[str, str]]
    rules_digest: str
    asked_by: str
    at: datetime
    outbox_id: int | None
    content_hash: str
    set_aside: SetAside | None

    @property
    def held_by(self) -> tuple[str, ...]:
        """Ids of the rules that held it, the binding one first."""
        return tuple(dict.fromkeys(rule["id"] for rule in self.rules if rule["outcome"] != "pass"))


def ruling(shard: int, ruling_id: int) -> Ruling | None:
    """None where there is none in scope."""
    return _one(_RULING.format(which="r.id = %(id)s"), shard, ruling_id)


def of_message(shard: int, outbox_id: int) -> Ruling | None:
    """The last ruling on a message: at dispatch, where it went."""
    return _one(_RULING.format(which="r.outbox_id = %(id)s"), shard, outbox_id)


def _one(sql: str, shard: int, id_: int) -> Ruling | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"shard": shard, "id": id_})
        row = cursor.fetchone()
    if row is None:
        return None
    aside = SetAside(*row[18:22]) if row[18] else None
    return Ruling(*row[:9], *(json.loads(text) for text in row[9:13]), *row[13:18], aside)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to set house rules aside that waits for a second person."""

    shard: int
    id: int
    customer_id: int
    customer: str
    act: str
    rules: Sequence[str]
    reason: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    until: datetime


def wishes(now: datetime, *, limit: int = 100) -> tuple[Wish, ...]:
    """Those that wait, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.shard, o.id, o.customer_id, c.name, o.act, o.rules, o.reason, o.asked_by_id, o.asked_by, o.asked_at, o.until_at"
            "  FROM rule_override o JOIN customer c ON c.shard = o.shard AND c.id = o.customer_id"
            " WHERE o.decided_at IS NULL AND o.until_at > %s ORDER BY o.asked_at, o.id LIMIT %s",
            [now, limit],
        )
        return tuple(Wish(*row) for row in cursor.fetchall())


def granted(shard: int, customer_id: int, act: str, *, now: datetime) -> int | None:
    """The newest granted wish for this act that was not used yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id FROM rule_override o WHERE o.shard = %s AND o.customer_id = %s AND o.act = %s AND o.granted"
            "   AND o.until_at > %s AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.shard = o.shard AND r.override_id = o.id)"
            " ORDER BY o.id DESC LIMIT 1",
            [shard, customer_id, act, now],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class Begun:
    """A call that has passed the gate and has no outcome yet."""

    id: int
    number: str
    person: str
    at: datetime


def begun_call(shard: int, customer_id: int, contact_id: int, *, since: datetime) -> Begun | None:
    """None where it is another customer's, too old, or its outcome was logged."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, p.value, p.person, c.at FROM contact c"
            "  JOIN contact_point p ON p.shard = c.shard AND p.id = c.contact_point_id AND p.ended_at IS NULL"
            " WHERE c.shard = %s AND c.customer_id = %s AND c.id = %s AND c.channel = 'phone' AND c.outcome = 'attempted' AND c.at > %s"
            "   AND NOT EXISTS (SELECT 1 FROM contact_outcome o WHERE o.shard = c.shard AND o.contact_id = c.id)",
            [shard, customer_id, contact_id, since],
        )
        row = cursor.fetchone()
    return Begun(*row) if row else None
