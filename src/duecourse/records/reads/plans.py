"""Arrangements as they stand: terms, versions, who agreed, what came, what is open. The ledger alone decides kept or missed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from duecourse.core.money.plans.progress import Due, Progress, progress


@dataclass(frozen=True, slots=True)
class Standing:
    """One version of an arrangement. `state` is proposed, agreed, or how it ended: kept, replaced, stopped, declined.

    `agreed`: (side, who, channel, when). Amounts are minor units of `currency`.
    """

    shard: int
    id: int
    customer_id: int
    creditor_id: int
    kind: str
    version: int
    replaces_id: int | None
    currency: str
    total_minor: int
    terms: dict[str, Any]
    needs_approval: str
    approved: bool | None
    proposed_by: str
    at: datetime
    agreed: tuple[tuple[str, str, str, datetime], ...]
    outcome: str
    debts: tuple[int, ...]
    plan: tuple[Due, ...]
    paid_minor: int
    open_minor: int

    @property
    def state(self) -> str:
        return self.outcome or ("agreed" if len(self.agreed) == 2 else "proposed")

    def progress(self, today: date) -> Progress:
        """Of an agreed arrangement: instalments as they stand on a day."""
        return progress(
            self.plan, paid_minor=self.paid_minor, open_minor=max(0, self.open_minor - self.forgiven), today=today
        )

    @property
    def forgiven(self) -> int:
        """What is let go once it is kept."""
        return int(self.terms.get("forgiven_minor", 0))


_SQL = """
SELECT a.shard, a.id, a.customer_id, a.creditor_id, a.kind, a.version, a.replaces_id, a.currency, a.total_minor, a.terms::text,
       a.needs_approval,
       (SELECT p.granted FROM approval p WHERE p.shard = a.shard AND p.act = 'arrangement' AND p.subject_id = a.id
         ORDER BY p.id DESC LIMIT 1),
       a.proposed_by, a.at,
       (SELECT jsonb_agg(jsonb_build_array(g.side, g.said_by, g.channel, g.at) ORDER BY g.at, g.id)
          FROM agreement g WHERE g.shard = a.shard AND g.arrangement_id = a.id)::text,
       coalesce((SELECT e.outcome FROM arrangement_end e WHERE e.shard = a.shard AND e.arrangement_id = a.id), ''),
       (SELECT jsonb_agg(jsonb_build_array(i.number, i.due_date, i.amount_minor) ORDER BY i.number)
          FROM instalment i WHERE i.shard = a.shard AND i.arrangement_id = a.id)::text,
       under.debts, coalesce(under.open, 0)::bigint, coalesce(under.paid, 0)::bigint
  FROM arrangement a
  LEFT JOIN LATERAL (
    SELECT array_agg(u.debt_id ORDER BY u.debt_id) AS debts, sum(d.open_minor) AS open, sum(came.minor) AS paid
      FROM arrangement_debt u
      JOIN debt d ON d.shard = u.shard AND d.id = u.debt_id
      LEFT JOIN LATERAL (
        -- Money only: what was credited, waived or charged since is no payment.
        SELECT -sum(l.amount_minor) AS minor FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
         WHERE l.shard = u.shard AND l.debt_id = u.debt_id AND l.account = 'receivable' AND e.posted_at >= u.from_at
           AND EXISTS (SELECT 1 FROM leg c WHERE c.shard = e.shard AND c.entry_id = e.id AND c.account IN ('cash', 'unmatched'))
      ) came ON true
     WHERE u.shard = a.shard AND u.arrangement_id = a.id) under ON true
 WHERE {where} ORDER BY a.id
"""


def of_customer(shard: int, customer_id: int) -> tuple[Standing, ...]:
    """Every version that was ever proposed to a customer, oldest first."""
    return _read("a.shard = %s AND a.customer_id = %s", [shard, customer_id])


def one(shard: int, arrangement_id: int) -> Standing | None:
    """None where there is none in scope."""
    return next(iter(_read("a.shard = %s AND a.id = %s", [shard, arrangement_id])), None)


def running(shards: tuple[int, int] | None = None) -> tuple[Standing, ...]:
    """Agreed and not ended, of all shards or a range (inclusive)."""
    within = "a.shard BETWEEN %s AND %s AND " if shards else ""
    return _read(
        f"{within} EXISTS (SELECT 1 FROM arrangement_debt u WHERE u.shard = a.shard AND u.arrangement_id = a.id"
        " AND u.until_at IS NULL)",
        list(shards or ()),
    )


def _read(where: str, values: list[Any]) -> tuple[Standing, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(where=where), values)
        return tuple(_standing(row) for row in cursor.fetchall())


def _standing(row: tuple[Any, ...]) -> Standing:
    agreed = json.loads(row[14]) if row[14] else []
    plan = json.loads(row[16]) if row[16] else []
    return Standing(
        *row[:9],
        json.loads(row[9]),
        *row[10:14],
        tuple((side, who, channel, datetime.fromisoformat(at)) for side, who, channel, at in agreed),
        row[15],
        tuple(row[17] or ()),
        tuple(Due(number, date.fromisoformat(day), minor) for number, day, minor in plan),
        row[19],
        row[18],
    )
