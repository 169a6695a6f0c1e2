"""When a debt was closed: the day from which its balance never rose above zero again."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.measure.sheet import Sheet


def closed_rows(sheet: Sheet, debts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, issued, due, closed: those of `debts` (a column `debt`) closed at the close of `as_of`."""
    days = (
        sheet.moves.filter(pl.col("booked") <= as_of)
        .join(debts, on="debt", how="semi")
        .group_by("debt", "booked")
        .agg(pl.col("amount").sum())
        .sort("debt", "booked")
        .with_columns(balance=pl.col("amount").cum_sum().over("debt"))
    )
    last_open = pl.col("booked").filter(pl.col("balance") > 0).max()
    return (
        days.group_by("debt")
        .agg(
            open=pl.col("amount").sum(),
            closed=pl.col("booked").filter(last_open.is_null() | (pl.col("booked") > last_open)).min(),
        )
        .filter(pl.col("open") <= 0)
        .join(sheet.invoices, on="debt")
        .select("debt", "customer", "currency", "issued", "due", "closed")
    )
