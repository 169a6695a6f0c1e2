"""Instalments of plans and other arrangements: kept where the money came by the day, or the day after."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import PROMISE_GRACE, within


def instalment_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """instalment, customer, currency, arrangement, due, owed, paid, kept: those judged in the last 90 days.

    `paid` is the money that came on the arrangement's invoices since it was agreed, up to the day after the instalment was
    due. One that fell due after its arrangement had been replaced or stopped is nobody's to pay any more.
    """
    judged = sheet.instalments.filter(
        within("due", as_of - timedelta(days=PROMISE_GRACE))
        & (pl.col("ended").is_null() | (pl.col("due") < pl.col("ended")))
    )
    paid = (
        judged.select("instalment", "arrangement", "due")
        .join(sheet.under, on="arrangement")
        .join(sheet.moves.filter(pl.col("source") == "money").select("debt", "booked", "amount"), on="debt")
        .filter(
            (pl.col("booked") >= pl.col("since"))
            & (pl.col("booked") <= pl.col("due") + pl.duration(days=PROMISE_GRACE))
        )
        .group_by("instalment")
        .agg(paid=-pl.col("amount").sum())
    )
    return (
        judged.join(paid, on="instalment", how="left")
        .with_columns(pl.col("paid").fill_null(0))
        .with_columns(kept=pl.col("paid") >= pl.col("owed"))
        .select("instalment", "customer", "currency", "arrangement", "due", "owed", "paid", "kept")
    )
