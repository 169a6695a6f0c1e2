"""Contacts saved, against customers who were drawn by lot to be treated by another playbook; and how far forecasts were off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from duecourse.core.measure.ratio import ratio
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import QUARTER, within


def arm_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """trial, customer, currency, arm, contacts: customers of trials that ran in the last 90 days.

    `contacts`: distinct contacts of those days that asked for money, while the trial ran.
    """
    start = pl.lit(as_of) - pl.duration(days=QUARTER)
    ran = sheet.arms.filter((pl.col("since") <= as_of) & (pl.col("until").is_null() | (pl.col("until") > start)))
    asked = (
        sheet.contacts.filter(pl.col("chase") & within("day", as_of))
        .select("contact", "customer", "day")
        .unique("contact")
    )
    made = (
        ran.join(asked, on="customer")
        .filter((pl.col("day") >= pl.col("since")) & (pl.col("until").is_null() | (pl.col("day") <= pl.col("until"))))
        .group_by("trial", "customer")
        .agg(contacts=pl.len())
    )
    return ran.join(made, on=["trial", "customer"], how="left").select(
        "trial", "customer", "currency", "arm", pl.col("contacts").fill_null(0).cast(pl.Int64)
    )


def saved(items: Mapping[str, int]) -> int | None:
    """What customers under the playbook that runs would have got under the other, less what they got. None without a trial.

    >>> saved({"arm.now.customers": 90, "arm.now.contacts": 100, "arm.new.customers": 10, "arm.new.contacts": 15})
    35
    """
    other = items.get("arm.new.customers", 0)
    if not other or not items.get("arm.now.customers"):
        return None
    expected = Fraction(items.get("arm.new.contacts", 0) * items["arm.now.customers"], other)
    return round(expected - items.get("arm.now.contacts", 0))


def told_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """currency, week, expected, came: weeks that ended in the last 90 days and of which something was told as they began."""
    ended = sheet.told.with_columns(end=pl.col("week") + pl.duration(days=6)).filter(within("end", as_of))
    cash = sheet.cash.group_by("currency", week=pl.col("booked").dt.truncate("1w")).agg(came=pl.col("amount").sum())
    return ended.join(cash, on=["currency", "week"], how="left").select(
        "currency", "week", "expected", pl.col("came").fill_null(0)
    )


def forecast_error(told: Mapping[date, int], came: Mapping[date, int]) -> float | None:
    """How far off, over what came in those weeks.

    >>> forecast_error({date(2026, 6, 1): 120, date(2026, 6, 8): 90}, {date(2026, 6, 1): 100, date(2026, 6, 8): 100})
    0.15
    """
    off = sum(abs(expected - came.get(week, 0)) for week, expected in told.items())
    return ratio(off, sum(came.get(week, 0) for week in told))
