"""Invoices as the forecast reads them: when each was issued, due, settled by money, disputed, as far as known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.promises import promise_rows
from duecourse.records import arrow
from duecourse.records.measures import ranges, sheet

RECENT_DAYS = 60
_INTS = {"debt": pl.Int64, "shard": pl.Int16, "amount": pl.Int64, "open": pl.Int64}
SCHEMA = {
    **_INTS,
    "customer": pl.String,
    "currency": pl.String,
    "issued": pl.Date,
    "due": pl.Date,
    "settled": pl.Date,
    "disputed": pl.Date,
}


Parts = Sequence[tuple[int, int]]
"""Ranges of shards, both ends included."""


def invoices_asof(day: date, *, creditors: Sequence[int] | None = None, within: Parts | None = None) -> pl.DataFrame:
    """One row an invoice, in order of shard and id; `settled` and `disputed` where that was before `day`, else null.

    An invoice that was credited or written off instead of paid is left out: it has no payment date and never will.
    """
    parts = [arrow.read(_sql(first, last, day, creditors)) for first, last in within or ranges(creditors)]
    return pl.concat([part.cast(SCHEMA) for part in parts])  # type: ignore[arg-type]


def recent_events(day: date, *, creditors: Sequence[int] | None = None, within: Parts | None = None) -> pl.DataFrame:
    """customer (text), broken_promises, part_payments, bounced_contacts: how many in the 60 days before `day`."""
    since = day - timedelta(days=RECENT_DAYS)
    parts = []
    for first, last in within or ranges(creditors):
        broken = promise_rows(sheet(first, last, as_of=day - timedelta(days=1), creditors=creditors), day)
        broken = broken.filter(~pl.col("kept") & (pl.col("by") >= since)).select(
            pl.col("customer").cast(pl.String), kind=pl.lit("broken_promises")
        )
        other = arrow.read(_events(first, last, since, day, creditors)).cast({"customer": pl.String, "kind": pl.String})
        parts.append(pl.concat([broken, other]))
    whole = pl.concat(parts)
    kinds = ("broken_promises", "part_payments", "bounced_contacts")
    return whole.group_by("customer").agg((pl.col("kind") == kind).sum().alias(kind) for kind in kinds).sort("customer")


def _sql(first: int, last: int, day: date, creditors: Sequence[int] | None) -> str:
    where = _where(first, last, creditors)
    return f"""
        WITH entries AS (
            SELECT shard, entry_id, bool_or(account IN ('cash', 'unmatched')) AS money, bool_or(account = 'writeoff') AS off
              FROM leg WHERE {where} GROUP BY shard, entry_id),
        moves AS (
            SELECT l.shard, l.debt_id, coalesce(sum(-l.amount_minor) FILTER (WHERE e.money), 0) AS paid, bool_or(e.off) AS off
              FROM (SELECT * FROM leg WHERE {where} AND account = 'receivable') l
              JOIN entries e ON e.shard = l.shard AND e.entry_id = l.entry_id
             GROUP BY l.shard, l.debt_id),
        disputes AS (
            SELECT shard, debt_id, min(from_at)::date AS disputed
              FROM hold WHERE {where} AND kind = 'dispute' AND debt_id IS NOT NULL AND from_at < '{day}'::date
             GROUP BY shard, debt_id)
        SELECT d.id AS debt, d.shard, d.amount_minor AS amount, d.open_minor AS open, d.customer_id::text AS customer,
               d.currency, d.issued_date AS issued, d.due_date AS due,
               CASE WHEN d.closed_date < '{day}'::date THEN d.closed_date END AS settled, s.disputed
          FROM (SELECT * FROM debt WHERE {where} AND issued_date <= '{day}'::date) d
          LEFT JOIN moves m ON m.shard = d.shard AND m.debt_id = d.id
          LEFT JOIN disputes s ON s.shard = d.shard AND s.debt_id = d.id
         WHERE d.closed_date IS NULL OR (m.paid > 0 AND NOT m.off)
         ORDER BY d.shard, d.id"""


def _events(first: int, last: int, since: date, day: date, creditors: Sequence[int] | None) -> str:
    where = _where(first, last, creditors)
    return f"""
        SELECT l.customer_id::text AS customer, 'part_payments' AS kind
          FROM (SELECT * FROM leg WHERE {where} AND account = 'receivable' AND amount_minor < 0) l
          JOIN (SELECT * FROM entry WHERE {where} AND kind = 'payment'
                   AND booked_date >= '{since}'::date AND booked_date < '{day}'::date) e
            ON e.shard = l.shard AND e.id = l.entry_id
          JOIN (SELECT * FROM debt WHERE {where} AND closed_date IS NULL AND open_minor > 0) d
            ON d.shard = l.shard AND d.id = l.debt_id
        UNION ALL
        SELECT customer_id::text, 'bounced_contacts'
          FROM receipt WHERE {where} AND kind = 'bounced' AND at >= '{since}'::date AND at < '{day}'::date"""


def _where(first: int, last: int, creditors: Sequence[int] | None) -> str:
    whose = "true" if creditors is None else f"creditor_id IN ({','.join(str(int(c)) for c in creditors) or 'NULL'})"
    return f"shard BETWEEN {int(first)} AND {int(last)} AND {whose}"
