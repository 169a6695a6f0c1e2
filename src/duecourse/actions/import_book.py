"""What the book holds about the customers and invoices of some rows, read in the running transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from duecourse.records.locking import lock_customers

CUSTOMERS = {
    "shard": pl.Int16, "customer_ref": pl.String, "customer_id": pl.Int64, "book_name": pl.String, "book_kind": pl.String,
    "book_address": pl.String, "book_region": pl.String, "book_country": pl.String, "book_language": pl.String,
    "book_timezone": pl.String,
}  # fmt: skip
DEBTS = {
    "shard": pl.Int16, "customer_ref": pl.String, "invoice_ref": pl.String, "debt_id": pl.Int64, "book_currency": pl.String,
    "book_amount": pl.Int64, "book_open": pl.Int64, "book_due": pl.Date, "paid_elsewhere": pl.Int64,
}  # fmt: skip
POINTS = {"shard": pl.Int16, "customer_id": pl.Int64, "kind": pl.String, "value": pl.String, "ended": pl.Boolean}
CREDITS = {"shard": pl.Int16, "customer_ref": pl.String, "invoice_ref": pl.String, "book_left": pl.Int64}
OTHERS = {"invoice_ref": pl.String, "owner_ref": pl.String}


@dataclass(frozen=True)
class Book:
    """`customers`, `debts`, `points` and `credits` of the rows' customers; `others`: their numbers at other customers.

    `paid_elsewhere`: what lowered a debt other than imports, in minor units: payments by link, gateway or hand.
    `book_left`: what is left of a credit that an earlier import booked.
    """

    customers: pl.DataFrame
    debts: pl.DataFrame
    points: pl.DataFrame
    credits: pl.DataFrame
    others: pl.DataFrame


def credit_key(creditor: int, ref: str) -> str:
    """Names the booking of a credit note or loose payment; what changes it later adds `#` and the import."""
    return f"import:credit:{creditor}:{ref}"


def read_book(rows: pl.DataFrame, creditor: int, *, others: pl.DataFrame, lock: bool = False) -> Book:
    """`rows`: shard, customer_ref, invoice_ref, kind; `others`: from `read_others`. Four queries, however many rows.

    With `lock` the customers are locked before their balances are read, so that what is read holds until commit.
    """
    _stage(rows)
    customers = _read(_CUSTOMERS, CUSTOMERS, [creditor])
    if lock:
        lock_customers(customers.select("shard", "customer_id").rows())
    return Book(
        customers=customers,
        debts=_read(_DEBTS, DEBTS, [creditor]),
        points=_read(_POINTS, POINTS, [creditor]),
        credits=_read(_CREDITS, CREDITS, [creditor, creditor]),
        others=others,
    )


def read_others(rows: pl.DataFrame, creditor: int) -> pl.DataFrame:
    """Invoice numbers of the rows that the book has for another customer (OTHERS).

    It reads the numbers of all the creditor's debts, so it is asked once for a whole file. Within a file a number is
    unique, and two files of one creditor are loaded one after the other.
    """
    _stage(rows)
    return _read(_OTHERS, OTHERS, [creditor])


def _stage(rows: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS import_stage (shard smallint, customer_ref text, invoice_ref text, kind text)"
            " ON COMMIT DROP; TRUNCATE import_stage"
        )
        staged = rows.select("shard", "customer_ref", "invoice_ref", "kind")
        with cursor.copy("COPY import_stage FROM STDIN (FORMAT csv)") as copy:
            copy.write(staged.write_csv(None, include_header=False, quote_style="non_numeric"))
        cursor.execute("ANALYZE import_stage")


def _read(sql: str, schema: dict[str, Any], parameters: Sequence[Any]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


_CUSTOMERS = """
SELECT c.shard, c.ref, c.id, c.name, c.kind, c.address, c.region, c.country, c.language, c.timezone
  FROM (SELECT DISTINCT shard, customer_ref FROM import_stage) s
  JOIN customer c ON c.shard = s.shard AND c.creditor_id = %s AND c.ref = s.customer_ref
"""

_DEBTS = """
SELECT d.shard, s.customer_ref, d.ref, d.id, d.currency, d.amount_minor, d.open_minor, d.due_date, coalesce((
    SELECT -sum(l.amount_minor) FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
     WHERE l.shard = d.shard AND l.debt_id = d.id AND e.kind <> 'invoice' AND e.key NOT LIKE 'import:%%'), 0)::bigint
  FROM (SELECT DISTINCT shard, customer_ref, invoice_ref FROM import_stage) s
  JOIN customer c ON c.shard = s.shard AND c.creditor_id = %s AND c.ref = s.customer_ref
  JOIN debt d ON d.shard = c.shard AND d.creditor_id = c.creditor_id AND d.customer_id = c.id AND d.ref = s.invoice_ref
"""

_POINTS = """
SELECT DISTINCT p.shard, p.customer_id, p.kind, p.value, p.ended_at IS NOT NULL
  FROM (SELECT DISTINCT shard, customer_ref FROM import_stage) s
  JOIN customer c ON c.shard = s.shard AND c.creditor_id = %s AND c.ref = s.customer_ref
  JOIN contact_point p ON p.shard = c.shard AND p.customer_id = c.id
"""

_CREDITS = """
SELECT c.shard, s.customer_ref, s.invoice_ref, -sum(l.amount_minor)::bigint
  FROM (SELECT DISTINCT shard, customer_ref, invoice_ref FROM import_stage WHERE kind <> 'invoice') s
  JOIN customer c ON c.shard = s.shard AND c.creditor_id = %s AND c.ref = s.customer_ref
  JOIN entry e ON e.shard = c.shard AND e.customer_id = c.id
       AND split_part(e.key, '#', 1) = 'import:credit:' || %s || ':' || s.invoice_ref
  JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id AND l.account = 'unmatched'
 GROUP BY 1, 2, 3
"""

_OTHERS = """
SELECT DISTINCT ON (d.ref) d.ref, c.ref
  FROM import_stage s
  JOIN debt d ON d.ref = s.invoice_ref AND d.creditor_id = %s
  JOIN customer c ON c.shard = d.shard AND c.id = d.customer_id AND (c.shard, c.ref) <> (s.shard, s.customer_ref)
 WHERE s.kind = 'invoice'
"""
