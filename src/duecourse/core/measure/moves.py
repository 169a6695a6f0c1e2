"""Moves: each change of a debt's balance, and what it came from."""

from __future__ import annotations

from typing import Final

import polars as pl

SOURCE: Final = pl.Enum(("sale", "money", "writeoff", "other"))
"""sale: an invoice, or a credit note where negative. money: cash, or credit that the customer had with us.
other: fees, interest, opening balances, exchange differences."""


def moves_of(legs: pl.DataFrame) -> pl.DataFrame:
    """debt, customer, currency, booked, posted, amount, source: one row per leg on `receivable`.

    The source is read off the other accounts of the same entry, since those are a closed set.

    >>> from datetime import date
    >>> legs = pl.DataFrame({"entry": [1, 1], "debt": [7, None], "customer": [3, 3], "account": ["receivable", "sales"],
    ...     "currency": ["GBP"] * 2, "booked": [date(2026, 1, 5)] * 2, "posted": [None] * 2, "amount": [500, -500]})
    >>> moves_of(legs).select("debt", "amount", "source").rows()
    [(7, 500, 'sale')]
    """
    account = pl.col("account")
    source = (
        pl.when((account == "sales").any())
        .then(pl.lit("sale"))
        .when((account == "writeoff").any())
        .then(pl.lit("writeoff"))
        .when(account.is_in(["cash", "unmatched"]).any())
        .then(pl.lit("money"))
        .otherwise(pl.lit("other"))
        .cast(SOURCE)
    )
    return (
        legs.filter(account == "receivable")
        .join(legs.group_by("entry").agg(source=source), on="entry")
        .select("debt", "customer", "currency", "booked", "posted", "amount", "source")
    )


def sales_of(legs: pl.DataFrame) -> pl.DataFrame:
    """entry, debt, customer, currency, booked, amount: one row per leg on `sales`; a credit note is negative.

    `debt` is the invoice of the same entry, null for a credit note that no invoice has taken.
    """
    invoice = legs.filter(pl.col("debt").is_not_null()).group_by("entry").agg(pl.col("debt").min())
    return (
        legs.filter(pl.col("account") == "sales")
        .select("entry", "customer", "currency", "booked", amount=-pl.col("amount"))
        .join(invoice, on="entry", how="left")
        .select("entry", "debt", "customer", "currency", "booked", "amount")
    )
