"""Collection rate: of what fell due, how much money came within 30 days of the due date."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import COLLECT, within


def collection_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, due, asked, paid: invoices whose 30 days ended in the last 90 days."""
    return asked_and_paid(sheet, as_of, days=COLLECT)


def asked_and_paid(sheet: Sheet, as_of: date, *, days: int) -> pl.DataFrame:
    """debt, customer, currency, due, asked, paid: invoices whose `days` after the due date ended in the last 90 days.

    `asked` is what the invoice came to by then, less credit notes and write-offs; `paid` is the money of it.
    """
    settled = pl.col("source") == "money"
    return (
        sheet.invoices.filter(within("due", as_of - timedelta(days=days)))
        .join(sheet.moves.select("debt", "booked", "amount", "source"), on="debt")
        .filter(pl.col("booked") <= pl.col("due") + pl.duration(days=days))
        .group_by("debt", "customer", "currency", "due")
        .agg(asked=pl.col("amount").filter(~settled).sum(), paid=-pl.col("amount").filter(settled).sum())
        .filter(pl.col("asked") > 0)
        # More than was asked is credit for another day, and a payment that came back was none.
        .with_columns(paid=pl.col("paid").clip(0, pl.col("asked")))
    )
