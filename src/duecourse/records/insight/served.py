"""How customers stand and how they were treated, by segment, by likeness, and by groups that no model reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import polars as pl
from django.db import connection

from duecourse.records import arrow
from duecourse.records.insight.own import OWN
from duecourse.records.measures import ranges

DAYS = 90
GROUPS = {"kind": "Company or person", "language": "Language", "country": "Country"}
"""Columns of a customer by which service is compared; none is a feature of a forecast."""


def standing(
    column: str, currency: str, creditors: Sequence[int] | None, *, today: date
) -> list[tuple[str, int, int, int, str]]:
    """(segment or likeness, customers with something open, open and overdue in minor units, why where all have the same)."""
    if column not in ("segment", "likeness"):
        raise ValueError(column)
    return _rows(
        f"SELECT coalesce(nullif(o.{column}, ''), '–'), count(DISTINCT (d.shard, d.customer_id)), sum(d.open_minor)::bigint,"
        " coalesce(sum(d.open_minor) FILTER (WHERE d.due_date < %(today)s), 0)::bigint,"
        f" CASE WHEN count(DISTINCT o.{column}_why) = 1 THEN min(o.{column}_why) ELSE '' END"
        "  FROM debt d LEFT JOIN outlook o ON o.shard = d.shard AND o.customer_id = d.customer_id"
        f" WHERE d.open_minor > 0 AND d.currency = %(currency)s AND {OWN.format('d.creditor_id')} GROUP BY 1 ORDER BY 3 DESC, 1",
        {"own": None if creditors is None else list(creditors), "currency": currency, "today": today},
    )  # fmt: skip


def treatment(column: str, creditors: Sequence[int] | None, *, now: datetime) -> list[tuple[str, int, int, int, int]]:
    """(group, customers with an overdue invoice, of them contacted, on hold, with an arrangement) in the last 90 days."""
    if column not in GROUPS:
        raise ValueError(column)
    return _rows(
        f"""
        WITH late AS (SELECT DISTINCT shard, customer_id FROM debt
                       WHERE open_minor > 0 AND due_date < %(today)s AND {OWN.format("creditor_id")}),
             met AS (SELECT DISTINCT shard, customer_id FROM contact WHERE at >= %(since)s AND direction = 'out' AND purpose <> 'receipt'),
             held AS (SELECT DISTINCT shard, customer_id FROM hold WHERE from_at <= %(now)s AND (until_at IS NULL OR until_at > %(now)s)),
             plan AS (SELECT DISTINCT shard, customer_id FROM arrangement_debt WHERE until_at IS NULL OR until_at > %(since)s)
        SELECT coalesce(nullif(c.{column}, ''), 'unknown'), count(*), count(met.shard), count(held.shard), count(plan.shard)
          FROM late JOIN customer c ON c.shard = late.shard AND c.id = late.customer_id
          LEFT JOIN met ON met.shard = late.shard AND met.customer_id = late.customer_id
          LEFT JOIN held ON held.shard = late.shard AND held.customer_id = late.customer_id
          LEFT JOIN plan ON plan.shard = late.shard AND plan.customer_id = late.customer_id
         GROUP BY 1 ORDER BY 2 DESC, 1""",
        {"own": None if creditors is None else list(creditors), "now": now, "today": now.date(), "since": now - timedelta(days=DAYS)},
    )  # fmt: skip


def group_columns(creditors: Sequence[int] | None) -> tuple[tuple[int, int], pl.DataFrame]:
    """A range of shards that stands for the book, and its customers with their groups: customer (text), kind, language, country."""
    first, last = ranges(creditors)[0]
    own = "true" if creditors is None else f"creditor_id IN ({','.join(str(int(c)) for c in creditors) or 'NULL'})"
    return (first, last), arrow.read(
        f"SELECT id::text AS customer, {', '.join(GROUPS)} FROM customer WHERE shard BETWEEN {first} AND {last} AND {own}"
    )


def _rows(sql: str, given: dict[str, object]) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
