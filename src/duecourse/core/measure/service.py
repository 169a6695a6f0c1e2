"""What collecting costs and how customers are served: money, complaints, waiting for a person, work done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import within

COSTS: Final[Mapping[str, int]] = {
    "email": 1, "sms": 8, "letter": 130, "phone": 30, "task_minutes": 6, "hour": 2600,
}  # fmt: skip
"""Of a contact by channel, minutes of a task, an hour of a collector. For two decimals; other currencies scale by theirs.

Assumptions until a creditor sets its own.
"""
NOBODY: Final = ("", "duecourse")
"""Closed by the program itself: no person's work."""


def cost_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """what (channel, or task), customer, currency, day, sixtieths (of a minor unit): costs of the last 90 days."""
    contacts = sheet.contacts.filter(pl.col("chase") & within("day", as_of)).select(
        "customer", "currency", "day", what="channel", sixtieths=pl.col("cost") * 60
    )
    tasks = done_rows(sheet, as_of).select(
        "customer", "currency", pl.col("closed").alias("day"), what=pl.lit("task"), sixtieths="sixtieths"
    )
    columns = ("what", "customer", "currency", "day", "sixtieths")
    return pl.concat([contacts.select(columns), tasks.select(columns)])


def done_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """task, customer, currency, kind, closed, by, sixtieths: tasks that people closed in the last 90 days."""
    return sheet.tasks.filter(within("closed", as_of) & ~pl.col("by").is_in(NOBODY))


def complaint_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """complaint, customer, currency, day: of the last 90 days."""
    return sheet.complaints.filter(within("day", as_of))


def wait_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """wait, customer, currency, day, minutes, told: words of customers that a person took up in the last 90 days.

    `told` is the wait as it is counted: whole minutes up to two hours, then quarters of an hour, then hours.
    """
    minutes = pl.col("minutes")
    told = (
        pl.when(minutes < 120).then(minutes).when(minutes < 1440).then(minutes // 15 * 15).otherwise(minutes // 60 * 60)
    )
    return sheet.waits.filter(within("day", as_of)).with_columns(told=told)


def median_told(waits: Mapping[int, int]) -> int | None:
    """The lower median of waits told → how many.

    >>> median_told({5: 1, 30: 2, 600: 1}), median_told({})
    (30, None)
    """
    total, seen = sum(waits.values()), 0
    for told, count in sorted(waits.items()):
        seen += count
        if 2 * seen >= total:
            return told
    return None
