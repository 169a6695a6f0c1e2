"""Cash received, by week: the cash account's own legs, payments that came back included."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import CASH_WEEKS


def week_of(day: date) -> date:
    """The Monday of a day's week.

    >>> week_of(date(2026, 11, 24))
    datetime.date(2026, 11, 23)
    """
    return day - timedelta(days=day.weekday())


def weekly_cash(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """currency, week (its Monday), amount: the last CASH_WEEKS weeks, the running one up to the close of `as_of`."""
    first = week_of(as_of) - timedelta(weeks=CASH_WEEKS - 1)
    return (
        sheet.cash.filter(pl.col("booked").is_between(first, as_of))
        .group_by("currency", week=pl.col("booked").dt.truncate("1w"))
        .agg(pl.col("amount").sum())
    )
