"""How late each debt is, in civil days of its creditor's zone. Due today is not overdue."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import polars as pl

from duecourse.core.facts.book import Book


def today_by_creditor(book: Book) -> pl.DataFrame:
    """creditor, today: the civil date at the book's instant where each creditor is."""
    dates = [book.at.astimezone(ZoneInfo(zone)).date() for zone in book.creditors["timezone"]]
    return book.creditors.select("creditor", pl.Series("today", dates, dtype=pl.Date))


def age(book: Book) -> pl.DataFrame:
    """Debts with `creditor`, `today` and `late` (days since the due date; negative before it)."""
    return (
        book.debts.join(
            book.customers.select("customer", "creditor").join(today_by_creditor(book), on="creditor"), on="customer"
        )
        # An instant difference in whole days: both are civil dates, so no clock change can enter.
        .with_columns(late=(pl.col("today") - pl.col("due")).dt.total_days().cast(pl.Int32))
    )
