"""The sheet: what the figures are counted from. Ids, dates and numbers only; no names, no addresses.

Amounts are minor units of the row's currency; dates are civil dates in the creditor's zone; instants are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from duecourse.core.facts.book import INSTANT
from duecourse.core.facts.schema import Schema, conform, empty
from duecourse.core.measure.moves import moves_of, sales_of

INVOICES: Final[Schema] = {
    "debt": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,
    "issued": pl.Date,
    "due": pl.Date,
}
LEGS: Final[Schema] = {
    "entry": pl.Int64,
    "customer": pl.Int64,
    "debt": pl.Int64,  # null on accounts other than receivable
    "account": pl.String,
    "currency": pl.String,
    "booked": pl.Date,
    "posted": INSTANT,
    "amount": pl.Int64,  # debit positive: an invoice raises receivable, a payment raises cash
}
CONTACTS: Final[Schema] = {
    "contact": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,  # one row for each currency of the debts that it names
    "chase": pl.Boolean,  # outbound and asks for money
    "at": INSTANT,
    "day": pl.Date,
}
NAMED: Final[Schema] = {"contact": pl.Int64, "debt": pl.Int64}
PROMISES: Final[Schema] = {
    "promise": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,
    "amount": pl.Int64,
    "made": pl.Date,
    "by": pl.Date,
}
SCHEMAS: Final[dict[str, Schema]] = {
    "invoices": INVOICES,
    "legs": LEGS,
    "contacts": CONTACTS,
    "named": NAMED,
    "promises": PROMISES,
}


@dataclass(frozen=True)
class Sheet:
    """Rows of whole customers. Every frame may be empty. `moves`, `sales` and `cash` are read off the legs once."""

    invoices: pl.DataFrame
    moves: pl.DataFrame
    sales: pl.DataFrame
    cash: pl.DataFrame
    contacts: pl.DataFrame
    named: pl.DataFrame
    promises: pl.DataFrame

    @classmethod
    def of(cls, **frames: pl.DataFrame) -> Sheet:
        """A sheet from frames of SCHEMAS; one that is not given is empty. Raises WrongFacts."""
        given = {n: conform(frames[n], s, name=n) if n in frames else empty(s) for n, s in SCHEMAS.items()}
        legs = given.pop("legs")
        cash = legs.filter(pl.col("account") == "cash").select("customer", "currency", "booked", "amount")
        return cls(moves=moves_of(legs), sales=sales_of(legs), cash=cash, **given)
