"""What became of the customers of a trial: what fell due since it began, and came within thirty days."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl

from duecourse.records import arrow
from duecourse.records.tenancy import scope

DAYS = 30
"""A debt is judged by whether it was settled within so many days of its due date."""


def outcomes(*, since: datetime, as_of: date) -> pl.DataFrame:
    """customer, segment, paid (share of its debts that fell due since and are old enough to judge), contacts, complaints.

    One row a customer with at least one such debt, or with a complaint (`paid` is null where none can be judged yet: harm
    is not waited for). `segment` is that of the customer's newest decision, or empty.
    """
    start = f"'{since.date().isoformat()}'::date"
    stamp = f"'{since.isoformat()}'::timestamptz"
    until = f"'{as_of.isoformat()}'::date"
    sql = f"""
        WITH due AS (
          SELECT shard, customer_id, avg((closed_date IS NOT NULL AND closed_date <= due_date + {DAYS})::int)::float8 AS paid
            FROM debt WHERE due_date >= {start} AND due_date <= {until} - {DAYS} GROUP BY shard, customer_id),
        met AS (
          SELECT shard, customer_id, count(*) AS contacts FROM contact
           WHERE at >= {stamp} AND direction = 'out' AND purpose = 'reminder' GROUP BY shard, customer_id),
        bad AS (
          SELECT shard, customer_id, count(*) AS complaints FROM hold
           WHERE kind = 'complaint' AND from_at >= {stamp} GROUP BY shard, customer_id),
        seg AS (
          SELECT DISTINCT ON (shard, customer_id) shard, customer_id, segment FROM decision ORDER BY shard, customer_id, id DESC)
        SELECT customer_id AS customer, coalesce(segment, '') AS segment, paid, coalesce(contacts, 0)::bigint AS contacts,
               coalesce(complaints, 0)::bigint AS complaints
          FROM due FULL JOIN bad USING (shard, customer_id) LEFT JOIN met USING (shard, customer_id)
          LEFT JOIN seg USING (shard, customer_id)
         ORDER BY customer_id"""  # fmt: skip
    with scope("all"):
        return arrow.read(sql)
