"""Leakage: what was written off instead of paid, and what a customer is worth in a year."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import YEAR, within


def write_off_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, booked, amount: write-offs of the last 90 days; one taken back is negative."""
    rows = sheet.moves.filter((pl.col("source") == "writeoff") & within("booked", as_of))
    return rows.select("debt", "customer", "currency", "booked", amount=-pl.col("amount"))


def bought_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """customer, currency, amount: credit sales of the last 365 days to each customer who bought."""
    return (
        sheet.sales.filter(within("booked", as_of, days=YEAR))
        .group_by("customer", "currency")
        .agg(pl.col("amount").sum())
        .filter(pl.col("amount") > 0)
    )
