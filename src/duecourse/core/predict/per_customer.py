"""Forecasts of invoices gathered by customer: what is expected next, how likely late, and what warns of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import polars as pl

TOLD: Final[dict[str, Any]] = {
    "customer": pl.Int64,
    "debt": pl.Int64,
    "due": pl.Date,
    "rests_on": pl.String,
    "p10": pl.Date,
    "expected": pl.Date,
    "p90": pl.Date,
    "p_late": pl.Float64,
    "why": pl.List(pl.String),
    "signals": pl.List(pl.String),
    "warnings": pl.List(pl.String),
}
"""`core.predict.book.outlook` with the invoice's ids and due date."""
GUESSED: Final = ("all customers", "Not enough data")
"""What a forecast rests on where nothing is known of the customer: shown, and acted upon by nobody."""
MOST: Final = 50
"""Invoices that are kept a customer, those expected soonest."""


def per_customer(told: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """customer, rests_on, expected_date, late_chance, why, invoices, warnings: one row a customer with an open invoice.

    `late_chance` is the highest of the invoices that are not overdue, null where it would be a guess. `invoices`: debt, due,
    from, expected, to, late; `warnings`: debt, signal, words.
    """
    rows = told.select(pl.col(c).cast(t) for c, t in TOLD.items()).sort(
        "customer", "expected", "due", "debt", nulls_last=True
    )
    known = ~pl.col("rests_on").is_in(GUESSED)
    invoice = pl.struct(
        "debt",
        "due",
        pl.col("p10").alias("from"),
        "expected",
        pl.col("p90").alias("to"),
        pl.col("p_late").alias("late"),
    )
    warned = (
        rows.filter(pl.col("signals").list.len() > 0)
        .explode("signals", "warnings")
        .group_by("customer", maintain_order=True)
        .agg(warnings=pl.struct("debt", signal="signals", words="warnings"))
    )
    return (
        rows.group_by("customer", maintain_order=True)
        .agg(
            pl.col("rests_on").first(),
            expected_date=pl.col("expected").first(),
            late_chance=pl.col("p_late").filter(known & (pl.col("due") >= today)).max(),
            why=pl.col("why").first(),
            invoices=invoice.head(MOST),
        )
        .join(warned, on="customer", how="left", maintain_order="left")
        .with_columns(pl.col("warnings").fill_null([]))
    )
