"""Roll rates: where the open amount of thirty days ago went. It was paid, it stayed as late, or it grew later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl

from duecourse.core.measure.balance import BUCKETS, open_rows
from duecourse.core.measure.sheet import Sheet

ROLL_DAYS: Final = 30
GONE: Final = "gone"
"""Paid, credited or written off since."""


def roll_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, was (bucket), now (bucket, or gone), amount: what was open thirty days ago.

    A part that was paid since counts as gone, the rest of the invoice where it stands now.
    """
    then = open_rows(sheet, as_of - timedelta(days=ROLL_DAYS)).select(
        "debt", "customer", "currency", was="bucket", before="open"
    )
    today = open_rows(sheet, as_of).select("debt", now="bucket", left="open")
    both = then.join(today, on="debt", how="left").with_columns(
        left=pl.min_horizontal(pl.col("left").fill_null(0), "before")
    )
    stays = both.filter(pl.col("left") > 0).with_columns(pl.col("now").cast(pl.String), amount="left")
    gone = both.filter(pl.col("left") < pl.col("before")).with_columns(
        now=pl.lit(GONE), amount=pl.col("before") - pl.col("left")
    )
    columns = ("debt", "customer", "currency", pl.col("was").cast(pl.String), "now", "amount")
    return pl.concat([stays.select(columns), gone.select(columns)])


def rolled(items: dict[str, int]) -> dict[str, dict[str, int]]:
    """Bucket of then → bucket of now, or gone → amount; from the tally's items `was.now`.

    >>> rolled({"1-30.gone": 60, "1-30.31-60": 40})["1-30"]
    {'gone': 60, '31-60': 40}
    """
    out: dict[str, dict[str, int]] = {bucket: {} for bucket in BUCKETS}
    for key, amount in items.items():
        was, _, now = key.partition(".")
        out[was][now] = amount
    return out
