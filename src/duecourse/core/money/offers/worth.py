"""What an option is worth to the creditor, and how far it asks the customer: integers, each from its own row alone."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.money.currency import scaled
from duecourse.core.money.offers.policy import Policy

FLOOR = 50
"""Of 1,000: no plan is taken for hopeless."""
NOTHING = 300_000
"""Weight of agreeing to nothing, beside an option that asks for none of the spare money (a million)."""


def valued(found: pl.DataFrame, policy: Policy, *, today: date) -> pl.DataFrame:
    """Candidates with burden, kept, npv, value and weight; `nothing`: the worth where nothing is agreed."""
    kept_by, worth = policy.raw["kept"], policy.raw["worth"]
    asked = found.with_columns(burden=_burden())
    years = (pl.col("first") - pl.lit(today)).dt.total_days() + (pl.col("last") - pl.lit(today)).dt.total_days()
    middle = years / 2 / 365
    length = (pl.col("last") - pl.lit(today)).dt.total_days() / 365
    # Where the spare money is not known, what asks for more of the sum in one month is kept less often.
    share = pl.col("monthly") / pl.col("open")
    lost = kept_by["lost_a_year"] * length + kept_by["lost_by_share"] * pl.when(pl.col("burden").is_null()).then(
        share
    ).otherwise(0)
    kept = (_by_burden(kept_by) - lost).clip(lower_bound=FLOOR).round().cast(pl.Int64)
    today_worth = 1 + worth["discount_bp"] / 10_000 * middle
    stays = scaled(policy.worth, pl.col("currency"))
    cost = scaled(worth["cost_a_payment"], pl.col("currency")) * pl.col("count")
    alone = pl.col("open") * kept_by["without"] // 1000
    p = pl.col("kept")
    return (
        asked.with_columns(kept=kept)
        .with_columns(
            npv=((p * pl.col("total") / today_worth + (1000 - p) * alone) / 1000 - cost).round().cast(pl.Int64),
            nothing=alone + stays * kept_by["stays_without"] // 1000,
        )
        .with_columns(
            value=pl.col("npv")
            + stays * (p * kept_by["stays_with"] + (1000 - p) * kept_by["stays_without"]) // 1_000_000,
            weight=(1e6 * (-kept_by["lightness"] * pl.coalesce(pl.col("burden") / 100, share)).exp()).round().cast(pl.Int64) + 1,
        )
    )  # fmt: skip


def _burden() -> pl.Expr:
    """Per cent of the spare money, of the lump for what is paid once; null where neither is known."""
    spare = (100 * pl.col("monthly") / pl.col("spare").clip(lower_bound=1)).ceil()
    once = (100 * pl.col("total") / pl.col("lump").clip(lower_bound=1)).ceil()
    by_lump = pl.col("way").is_in(["settlement", "early_discount"]) & pl.col("lump").is_not_null()
    said = pl.col("every") == "inflows"  # the firm named the sums itself
    unknown = pl.col("spare").is_null() & ~by_lump & ~said
    most = 10_000
    return (
        pl.when(unknown)
        .then(None)
        .when(said)
        .then(pl.lit(80.0))
        .when(by_lump)
        .then(pl.min_horizontal(once, pl.lit(most)))
        .otherwise(pl.min_horizontal(spare, pl.lit(most)))
        .cast(pl.Int64)
    )


def _by_burden(kept_by: dict[str, list[list[int]] | int]) -> pl.Expr:
    steps = kept_by["by_burden"]
    assert isinstance(steps, list)
    found: pl.Expr = pl.lit(FLOOR, pl.Int64)
    for up_to, kept in reversed(steps):
        found = pl.when(pl.col("burden") <= up_to).then(pl.lit(kept, pl.Int64)).otherwise(found)
    return pl.when(pl.col("burden").is_null()).then(pl.lit(kept_by["unknown"], pl.Int64)).otherwise(found)
