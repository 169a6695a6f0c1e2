"""Promises to pay: kept where the money came by the promised day, or the day after."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import PROMISE_GRACE, within


def promise_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """promise, customer, currency, made, by, amount, needed, received, kept: promises judged in the last 90 days.

    Money counts once: promises of the same customer that fell due between making and due date need theirs first.
    """
    made = sheet.promises.filter(pl.col("made") <= as_of)
    judged = made.filter(within("by", as_of - timedelta(days=PROMISE_GRACE)))
    others = made.select("customer", "currency", other="promise", other_by="by", other_amount="amount")
    needed = (
        judged.join(others, on=["customer", "currency"])
        .filter((pl.col("other") == pl.col("promise")) | pl.col("other_by").is_between(pl.col("made"), pl.col("by")))
        .group_by("promise")
        .agg(needed=pl.col("other_amount").sum())
    )
    received = (
        judged.join(sheet.cash.select("customer", "currency", "booked", cash="amount"), on=["customer", "currency"])
        .filter(pl.col("booked").is_between(pl.col("made"), pl.col("by") + pl.duration(days=PROMISE_GRACE)))
        .group_by("promise")
        .agg(received=pl.col("cash").sum())
    )
    return (
        judged.join(needed, on="promise")
        .join(received, on="promise", how="left")
        .with_columns(pl.col("received").fill_null(0))
        .with_columns(kept=pl.col("received") >= pl.col("needed"))
        .select("promise", "customer", "currency", "made", "by", "amount", "needed", "received", "kept")
    )
