"""What customers are compared by: how they paid, how much, and by which channel they come to us."""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.predict.likeness import FEATURES

PROMPT_DAYS: Final = 3
CHANNELS: Final = {"email": "by_email", "phone": "by_phone", "portal": "by_portal"}


def habits(customers: pl.Series, invoices: pl.DataFrame, came: pl.DataFrame) -> pl.DataFrame:
    """The features of `likeness`, one row a customer of `customers`.

    `invoices`: customer, currency, amount, due, settled (null while open). `came`: customer, channel, count of what a
    customer did towards us: an answer, a call, a payment on the page.
    """
    paid = invoices.filter(pl.col("settled").is_not_null() & (pl.col("amount") > 0))
    late = (pl.col("settled") - pl.col("due")).dt.total_days()
    usual = pl.col("amount").median().over("currency")
    history = paid.with_columns(relative=pl.col("amount") / usual).group_by("customer").agg(
        settled=pl.len(),
        late=late.median(),
        share_late=(late > PROMPT_DAYS).mean(),
        size=pl.col("relative").median(),
    )  # fmt: skip
    total = pl.col("count").sum()
    preference = came.group_by("customer").agg(
        (pl.col("count").filter(pl.col("channel") == channel).sum() / total).alias(name)
        for channel, name in CHANNELS.items()
    )
    return (
        pl.DataFrame({"customer": customers})
        .join(history, on="customer", how="left", maintain_order="left")
        .join(preference, on="customer", how="left", maintain_order="left")
        .with_columns(pl.col("settled").fill_null(0))
        .select(pl.col(c).cast(t) for c, t in FEATURES.items())
    )
