"""How likely what is overdue is paid in two weeks without a word from us: contacts that are not needed (self-cure).

Weeks are counted, not invoices: a week in which a debt was overdue, open at its start, and not yet chased. In that week it
was paid without a word, or it was not; a week in which we wrote first is no evidence of either and is left out. So a book
in which everybody is chased early still gives the chance of the early weeks, and none of the later ones (a life table,
Kaplan and Meier 1958). A customer's own weeks move the chance by as much as there are of them (gamma prior with mean 1).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import polars as pl

WEEKS: Final = 9
"""Weeks overdue that are told apart; later ones count with the last."""
ENOUGH: Final = 30
"""Weeks of a kind that must have been seen, over all customers."""
PULL: Final = 3.0
"""The prior counts as so many payments, expected and seen."""
AHEAD: Final = 2
SCHEMA: Final[dict[str, Any]] = {
    "customer": pl.Int64,
    "due": pl.Date,
    "settled": pl.Date,  # null while open
    "chased": pl.Date,  # the first time that we wrote or spoke about it after its due date; null: never
}


def weeks_seen(debts: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """customer, week (0: the first after the due date), paid: each week that says something, known on the morning of `today`."""
    start = pl.col("due") + pl.duration(days=7 * pl.col("week"))
    end = start + pl.duration(days=7)
    paid = (pl.col("settled") < today) & (pl.col("settled") <= end)
    silent = pl.col("chased").is_null() | (pl.col("chased") >= pl.when(paid).then("settled").otherwise(end))
    return (
        debts.select(pl.col(c).cast(t) for c, t in SCHEMA.items())
        .with_columns(week=pl.lit(list(range(4 * WEEKS)), dtype=pl.List(pl.Int32)))
        .explode("week")
        .filter(
            (pl.col("settled").is_null() | (pl.col("settled") > start))
            & (pl.col("chased").is_null() | (pl.col("chased") > start))
            & silent
            & (paid | (end < today))
        )
        .select("customer", week=pl.min_horizontal("week", WEEKS - 1), paid=paid.fill_null(False))
    )


def pays_alone(debts: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """customer, overdue (days, of the oldest), own (weeks of their own), chance: customers with something overdue and open.

    `debts` in the shape of SCHEMA. Chance is null where such weeks were not seen often enough.
    """
    seen = weeks_seen(debts, today=today)
    weekly = (
        seen.group_by("week")
        .agg(n=pl.len(), paid=pl.col("paid").sum())
        .filter(pl.col("n") >= ENOUGH)
        .select("week", share=(pl.col("paid") + 0.5) / (pl.col("n") + 1))
    )
    own = (
        seen.join(weekly, on="week")
        .group_by("customer")
        .agg(own=pl.len(), expected=pl.col("share").sum(), paid=pl.col("paid").sum())
        .select("customer", "own", factor=(pl.col("paid") + PULL) / (pl.col("expected") + PULL))
    )
    waiting = (
        debts.filter((pl.col("settled").is_null() | (pl.col("settled") >= today)) & (pl.col("due") < today))
        .group_by("customer")
        .agg(overdue=(pl.lit(today) - pl.col("due").min()).dt.total_days())
        .join(own, on="customer", how="left")
        .with_columns(pl.col("own").fill_null(0), pl.col("factor").fill_null(1.0))
    )
    # Two weeks from today touch up to three weeks as they are counted from the due date, the outer ones in part.
    ahead = (
        waiting.select("customer", "overdue", "factor")
        .with_columns(step=pl.lit(list(range(AHEAD + 1)), dtype=pl.List(pl.Int32)))
        .explode("step")
        .with_columns(gone=(pl.col("overdue") % 7) / 7, week=pl.col("overdue") // 7 + pl.col("step"))
        .with_columns(
            part=pl.when(pl.col("step") == 0).then(1 - pl.col("gone")).when(pl.col("step") == AHEAD).then("gone").otherwise(1.0),
            week=pl.min_horizontal(pl.col("week"), WEEKS - 1).cast(pl.Int32),
        )
        .join(weekly, on="week", how="left")
        .sort("customer", "step")
        # The last bit of a week never seen counts as the week before it.
        .with_columns(share=pl.when(pl.col("step") == AHEAD).then(pl.col("share").forward_fill().over("customer")).otherwise("share"))
        .with_columns(stays=(1 - (pl.col("share") * pl.col("factor")).clip(0, 0.99)) ** pl.col("part"))
        .group_by("customer")
        .agg(known=pl.col("share").is_not_null().all(), stays=pl.col("stays").fill_null(1.0).product())
    )  # fmt: skip
    return (
        waiting.join(ahead, on="customer")
        .select(
            "customer",
            pl.col("overdue").cast(pl.Int32),
            pl.col("own").cast(pl.Int32),
            chance=pl.when("known").then((1 - pl.col("stays")).round(6)),
        )
        .sort("customer")
    )
