"""Forecast of receipts: what comes in each week from the invoices that are open, with a band, each currency by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from duecourse.core.predict.invoices import day_number
from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.types import Floats
from duecourse.core.predict.waiting import chance_by

_WIDTH = 1.2816
"""Standard deviations that hold 80 of 100."""
SCHEMA = {"currency": pl.String, "week": pl.Date, "expected": pl.Int64, "low": pl.Int64, "high": pl.Int64}


def receipts(
    forecast: Forecast,
    due: Sequence[date],
    amounts: Floats,
    currency: pl.Series,
    customer: pl.Series,
    *,
    today: date,
    weeks: int,
) -> pl.DataFrame:
    """Minor units by currency and week (its first day), from `today` on; `low` to `high` should hold in 8 of 10 weeks.

    `forecast` is that of `still_open` today. Invoices of one customer are paid or not paid together, customers apart.
    """
    overdue = np.array([day_number(today) - day_number(d) for d in due], dtype=np.float64)
    before = chance_by(forecast, overdue)
    # None of them was paid before today, so what the distribution puts there belongs to the days to come.
    left = np.maximum(1 - before, 1e-9)
    parts = []
    for week in range(weeks):
        after = chance_by(forecast, overdue + 7 * (week + 1))
        chance = np.clip((after - before) / left, 0.0, 1.0)
        before = np.maximum(after, before)
        one = pl.DataFrame({"currency": currency, "customer": customer, "amount": amounts, "mean": amounts * chance,
                            "spread": np.abs(amounts) * np.sqrt(chance * (1 - chance))})  # fmt: skip
        parts.append(
            one.group_by("currency", "customer")
            .agg(pl.col("mean", "spread").sum())
            .group_by("currency")
            .agg(pl.col("mean").sum(), spread=(pl.col("spread") ** 2).sum().sqrt())
            .select(
                "currency",
                week=pl.lit(today + timedelta(days=7 * week)),
                expected=pl.col("mean").round().cast(pl.Int64),
                low=(pl.col("mean") - _WIDTH * pl.col("spread")).clip(0).round().cast(pl.Int64),
                high=(pl.col("mean") + _WIDTH * pl.col("spread")).round().cast(pl.Int64),
            )
        )
    return pl.concat(parts).sort("currency", "week") if parts else pl.DataFrame(schema=SCHEMA)


def receipts_error(told: pl.DataFrame, came: pl.DataFrame) -> pl.DataFrame:
    """Forecast against actuals: currency, weeks, error (sum of |expected - came| over sum of came), inside (share of weeks).

    `came`: currency, week, amount. A week in which nothing came counts with 0; the error is null where nothing came at all.
    """
    both = told.join(came.select("currency", "week", "amount"), on=["currency", "week"], how="left").with_columns(
        pl.col("amount").fill_null(0)
    )
    missed = (pl.col("expected") - pl.col("amount")).abs().sum()
    return (
        both.group_by("currency")
        .agg(
            weeks=pl.len(),
            error=pl.when(pl.col("amount").sum() != 0).then(missed / pl.col("amount").sum()),
            inside=pl.col("amount").is_between(pl.col("low"), pl.col("high")).mean(),
        )
        .sort("currency")
    )
