"""What forecasts read beyond invoices, by set; and outlooks written and read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from django.db import connection

from duecourse.core.measure.promises import promise_rows
from duecourse.core.measure.windows import HISTORY, QUARTER
from duecourse.core.predict.pays_alone import SCHEMA as PAID_ALONE
from duecourse.records import arrow
from duecourse.records.insight.foresight import Outlook
from duecourse.records.measures import sheet

YEAR = 365


def judged_promises(first: int, last: int, *, today: date, creditor: int) -> pl.DataFrame:
    """customer, kept: promises of the last year and a half whose day is over, once each."""
    own = sheet(first, last, as_of=today, creditors=[creditor])
    back = range(0, HISTORY - QUARTER, QUARTER)
    parts = [promise_rows(own, today - timedelta(days=1 + n)) for n in back]
    return pl.concat(parts).unique("promise").sort("promise").select("customer", "kept")


def overdue_courses(first: int, last: int, *, today: date, creditor: int) -> pl.DataFrame:
    """The shape of `pays_alone.SCHEMA`: invoices that were overdue in the last year and a half, and when we first wrote."""
    where = f"shard BETWEEN {int(first)} AND {int(last)} AND creditor_id = {int(creditor)}"
    since = f"'{today - timedelta(days=HISTORY)}'::date"
    return arrow.read(f"""
        WITH named AS (
          SELECT c.at::date AS day, x.debt::bigint AS debt
            FROM (SELECT * FROM contact WHERE {where} AND direction = 'out' AND purpose NOT IN ('receipt', 'service', 'reply')
                     AND at >= {since}) c
            LEFT JOIN (SELECT shard, id, context FROM outbox WHERE {where}) o ON o.shard = c.shard AND o.id = c.outbox_id
           CROSS JOIN unnest(coalesce(c.debts::text[], ARRAY(SELECT jsonb_array_elements_text(o.context->'debts')))) AS x(debt))
        SELECT d.customer_id AS customer, d.due_date AS due, d.closed_date AS settled, min(n.day) AS chased
          FROM (SELECT * FROM debt WHERE {where} AND due_date BETWEEN {since} AND '{today}'::date
                   AND (closed_date IS NULL OR closed_date > due_date)) d
          LEFT JOIN named n ON n.debt = d.id AND n.day > d.due_date
         GROUP BY d.id, d.customer_id, d.due_date, d.closed_date""").cast(PAID_ALONE)  # type: ignore[arg-type]


def what_came(first: int, last: int, *, today: date, creditor: int) -> pl.DataFrame:
    """customer, channel (email, phone, portal), count: what customers did towards us in the last year."""
    where = f"shard BETWEEN {int(first)} AND {int(last)} AND creditor_id = {int(creditor)}"
    since = f"'{today - timedelta(days=YEAR)}'::date"
    return arrow.read(f"""
        SELECT customer_id AS customer, channel, count(*)::bigint AS count FROM (
          SELECT customer_id, channel FROM contact WHERE {where} AND direction = 'in' AND at >= {since}
          UNION ALL SELECT customer_id, channel FROM promise WHERE {where} AND made_at >= {since}
          UNION ALL SELECT customer_id, 'portal' FROM payment WHERE {where} AND state = 'paid' AND created_at >= {since}) x
         WHERE channel IN ('email', 'phone', 'portal') GROUP BY 1, 2""").cast(
        {"customer": pl.Int64, "channel": pl.String, "count": pl.Int64}
    )


def replace_outlooks(first: int, last: int, rows: pl.DataFrame, *, creditor: int) -> None:
    """Put these in place of what was expected of the customers of a range, in the running transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM outlook WHERE shard BETWEEN %s AND %s AND creditor_id = %s", [first, last, creditor]
        )
    arrow.copy_into("outlook", rows.with_columns(id=arrow.fresh_ids(rows.height)))


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a customer; `invoices` and `warnings` as core.predict.per_customer has them."""

    as_of: date
    written_at: datetime
    model: str
    segment: str
    segment_why: str
    likeness: str
    likeness_why: str
    rests_on: str
    expected_date: date | None
    late_chance: float | None
    pays_alone_chance: float | None
    promise_chance: float | None
    invoices: tuple[dict[str, Any], ...]
    why: tuple[str, ...]
    warnings: tuple[dict[str, Any], ...]


def outlook_of(shard: int, customer_id: int) -> Expectation | None:
    """None where nothing was worked out yet."""
    row = Outlook.objects.filter(shard=shard, customer_id=customer_id).first()
    if row is None:
        return None
    return Expectation(
        *(getattr(row, name) for name in list(Expectation.__slots__)[:12]),
        tuple(row.invoices), tuple(row.why), tuple(row.warnings),
    )  # fmt: skip


def warnings_of(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """(shard, customer) → the first early warning in words, for rows of a list."""
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT shard, customer_id, warnings::text FROM outlook WHERE (shard, customer_id) IN ({arrow.keys(pairs)})"
            " AND jsonb_array_length(warnings) > 0"
        )
        return {(shard, customer): json.loads(said)[0]["words"] for shard, customer, said in cursor.fetchall()}
