"""Credit sales: what was invoiced, less credit notes, by the date it was booked; and days of sales outstanding."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import SALES_MONTHS, within


def sales_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """entry, debt, customer, currency, booked, amount: invoices and (negative) credit notes of the last 90 days."""
    return sheet.sales.filter(within("booked", as_of))


def monthly_sales(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """currency, month (its first day), amount: sales of the last SALES_MONTHS months up to the close of `as_of`."""
    first = months_before(as_of, SALES_MONTHS - 1)
    return (
        sheet.sales.filter(pl.col("booked").is_between(first, as_of))
        .group_by("currency", month=pl.col("booked").dt.month_start())
        .agg(pl.col("amount").sum())
    )


def countback(open_amount: int, sales: Mapping[date, int], as_of: date) -> Fraction | None:
    """Days of sales outstanding by countback: the open balance is used up month by month, newest sales first.

    Days of each month used up are counted, the last one in part. `sales` maps a month's first day to its sales. None
    where the sales that we know do not reach.

    >>> countback(150, {date(2026, 3, 1): 100, date(2026, 2, 1): 100}, date(2026, 3, 31))
    Fraction(45, 1)
    >>> countback(150, {}, date(2026, 3, 31)) is None
    True
    """
    if not any(sales.values()):
        return None
    running = as_of.replace(day=1)
    left, days, month = open_amount, 0, running
    for _ in range(SALES_MONTHS):
        sold = max(0, sales.get(month, 0))
        length = as_of.day if month == running else calendar.monthrange(month.year, month.month)[1]
        if sold >= left:
            return Fraction(days) + (Fraction(left, sold) * length if sold else 0)
        left, days, month = left - sold, days + length, months_before(month, 1)
    return None


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before that of `day`.

    >>> months_before(date(2026, 2, 17), 3)
    datetime.date(2025, 11, 1)
    """
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
