"""The same rule as `allocate`, for many payments at once: each names its debts and pays them in the order given."""

from __future__ import annotations

import polars as pl


def allocate_all(payments: pl.DataFrame, debts: pl.DataFrame) -> pl.DataFrame:
    """Parts above zero (payment, debt, part), by payment and order; what no debt took is left out.

    `payments`: payment, amount. `debts`: payment, debt, due, open: the debts that a payment may go to, oldest due first.

    >>> from datetime import date
    >>> owed = pl.DataFrame({"payment": [1, 1], "debt": [5, 4], "due": [date(2026, 6, 1), date(2026, 5, 1)],
    ...                      "open": [500, 300]})
    >>> allocate_all(pl.DataFrame({"payment": [1], "amount": [400]}), owed).rows()
    [(1, 4, 300), (1, 5, 100)]
    """
    before = pl.col("open").cum_sum().over("payment") - pl.col("open")
    return (
        debts.sort("payment", "due", "debt")
        .join(payments, on="payment", maintain_order="left")
        .with_columns(part=pl.min_horizontal("open", (pl.col("amount") - before).clip(lower_bound=0)))
        .filter(pl.col("part") > 0)
        .select("payment", "debt", "part")
    )
