"""Debts that fell due in the quarter before and after a day, and whether each came within thirty days."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.records import arrow
from duecourse.records.reads.trial_outcomes import DAYS

QUARTER = 90


def around(changed_on: date, *, as_of: date) -> pl.DataFrame:
    """customer, segment, after, outcome: one row a customer and side, in the reader's scope.

    Debts are old enough to judge by `as_of`; those before the change are judged whole, whatever happened to them after it.
    `segment` is that of the customer's newest decision, or empty.
    """
    day, until = f"'{changed_on.isoformat()}'::date", f"'{as_of.isoformat()}'::date"
    sql = f"""
        WITH seg AS (
          SELECT DISTINCT ON (shard, customer_id) shard, customer_id, segment FROM decision ORDER BY shard, customer_id, id DESC)
        SELECT d.customer_id AS customer, coalesce(segment, '') AS segment, d.due_date >= {day} AS after,
               avg((d.closed_date IS NOT NULL AND d.closed_date <= d.due_date + {DAYS})::int)::float8 AS outcome
          FROM debt d LEFT JOIN seg USING (shard, customer_id)
         WHERE d.due_date >= {day} - {QUARTER} AND d.due_date < {day} + {QUARTER} AND d.due_date <= {until} - {DAYS}
         GROUP BY 1, 2, 3 ORDER BY 1, 3"""
    return arrow.read(sql)
