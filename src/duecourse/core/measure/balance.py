"""Open balances at the close of a day, by the date that money was booked, so that past days stay right."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from duecourse.core.measure.sheet import Sheet

BUCKETS: Final = ("current", "1-30", "31-60", "61-90", "90+")
"""Ageing by days past the due date; due today is current."""


def open_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, issued, due, open, late (days past due), bucket: debts with a balance above zero."""
    late = pl.col("late")
    bucket = (
        pl.when(late <= 0)
        .then(pl.lit("current"))
        .when(late <= 30)
        .then(pl.lit("1-30"))
        .when(late <= 60)
        .then(pl.lit("31-60"))
        .when(late <= 90)
        .then(pl.lit("61-90"))
        .otherwise(pl.lit("90+"))
        .cast(pl.Enum(BUCKETS))
    )
    return (
        sheet.moves.filter(pl.col("booked") <= as_of)
        .group_by("debt")
        .agg(open=pl.col("amount").sum())
        .filter(pl.col("open") > 0)
        .join(sheet.invoices, on="debt")
        .with_columns(late=(pl.lit(as_of) - pl.col("due")).dt.total_days().cast(pl.Int32))
        .select("debt", "customer", "currency", "issued", "due", "open", "late", bucket=bucket)
    )


def balance_items(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """One row a currency: counts and amounts, open and overdue, and the amount in each bucket."""
    overdue = pl.col("late") > 0
    return (
        open_rows(sheet, as_of)
        .group_by("currency")
        .agg(
            pl.len().alias("open_count"),
            pl.col("open").sum().alias("open_amount"),
            overdue.sum().alias("overdue_count"),
            pl.col("open").filter(overdue).sum().alias("overdue_amount"),
            *(pl.col("open").filter(pl.col("bucket") == b).sum().alias(f"age.{b}") for b in BUCKETS),
        )
    )
