"""How likely a promise made now is kept, from how earlier ones went (item: broken-promise risk is one less this)."""

from __future__ import annotations

import polars as pl

ENOUGH_OF_ALL = 20
"""Promises over all customers below which nothing is said."""
WEIGHT = 4.0
"""The share of all customers counts as this many promises of the customer's own: little data moves it little."""


def promise_chances(judged: pl.DataFrame) -> pl.DataFrame:
    """customer, made, kept_of_own, chance: one row a customer who promised before.

    `judged`: customer, kept, one row a promise whose day is over. Chance is null where too few are known over all.

    >>> rows = pl.DataFrame({"customer": [1] * 4 + [2] * 16, "kept": [False] * 4 + [True] * 16})
    >>> promise_chances(rows).rows()
    [(1, 4, 0, 0.386364), (2, 16, 16, 0.954545)]
    """
    known = judged.height >= ENOUGH_OF_ALL
    mean = (int(judged["kept"].sum()) + 1) / (judged.height + 2)
    return (
        judged.group_by("customer")
        .agg(made=pl.len(), kept_of_own=pl.col("kept").sum())
        .with_columns(
            chance=pl.when(pl.lit(known)).then(
                ((pl.col("kept_of_own") + WEIGHT * mean) / (pl.col("made") + WEIGHT)).round(6)
            )
        )
        .sort("customer")
    )
