"""Segments that a person can read: by what the customer owes and how earlier invoices were paid."""

from __future__ import annotations

import polars as pl

from duecourse.core.decide.playbook import SEGMENTS, Playbook
from duecourse.core.facts.book import PLACED
from duecourse.core.facts.schema import empty
from duecourse.core.money.currency import scaled

ENOUGH_HISTORY = 3
"""Settled invoices below which a customer is new to us: no habit is read from less."""
PROMPT_DAYS = 3
"""A habit of paying at most this many days late is a good one."""
SEGMENT = pl.Enum(SEGMENTS)


def segment(
    aged: pl.DataFrame, customers: pl.DataFrame, *, playbook: Playbook, placed: pl.DataFrame | None = None
) -> pl.DataFrame:
    """customer, segment, settled (invoices), habit (median days late of those, null below one), placed (by a person).

    `placed`: customer, segment, as a person said; it stands above the rules. One that no playbook knows is left aside.


    Shape: one row a customer of `customers`, in its order.
    """
    # Negative days (paid early) count as on time in words, but the median keeps them: it is the habit as it is.
    history = (
        aged.filter(pl.col("closed").is_not_null())
        .group_by("customer")
        .agg(
            settled=pl.len().cast(pl.Int32),
            habit=(pl.col("closed") - pl.col("due")).dt.total_days().median().cast(pl.Float32),
        )
    )
    large = (
        aged.filter(pl.col("open") > 0)
        .group_by("customer", "currency")
        .agg(pl.col("open").sum())
        .filter(pl.col("open") >= scaled(playbook.large, pl.col("currency")))
        .select("customer", large=pl.lit(True))
        .unique("customer")
    )
    settled = pl.col("settled").fill_null(0)
    said = empty(PLACED) if placed is None else placed.filter(pl.col("segment").is_in(SEGMENTS)).unique("customer")
    return (
        customers.select("customer")
        .join(history, on="customer", how="left", maintain_order="left")
        .join(large, on="customer", how="left", maintain_order="left")
        .join(said.select("customer", said="segment"), on="customer", how="left", maintain_order="left")
        .select(
            "customer",
            pl.when(pl.col("said").is_not_null())
            .then(pl.col("said").cast(SEGMENT))
            .when(pl.col("large"))
            .then(pl.lit("large", SEGMENT))
            .when(settled < ENOUGH_HISTORY)
            .then(pl.lit("new", SEGMENT))
            .when(pl.col("habit") > PROMPT_DAYS)
            .then(pl.lit("usually_late", SEGMENT))
            .otherwise(pl.lit("good_payer", SEGMENT))
            .alias("segment"),
            settled.alias("settled"),
            "habit",
            placed=pl.col("said").is_not_null(),
        )
    )
