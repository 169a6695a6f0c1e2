"""The book: every fact that a decision may read, at one instant. No names, no addresses: ids and numbers only.

Amounts are minor units of the row's currency; instants are aware UTC; dates are civil dates in the creditor's zone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

import polars as pl

from duecourse.core.facts.schema import Schema, conform, empty

INSTANT: Final = pl.Datetime("us", "UTC")

CREDITORS: Final[Schema] = {
    "creditor": pl.Int64,
    "timezone": pl.String,
    "country": pl.String,
    "agency": pl.Boolean,  # we act for somebody else
    "fresh_at": INSTANT,  # when their money data was last read; null: entered by hand, never stale
}
CUSTOMERS: Final[Schema] = {
    "customer": pl.Int64,
    "shard": pl.Int16,
    "creditor": pl.Int64,
    "person": pl.Boolean,  # a natural person, not a company
    "country": pl.String,
    "region": pl.String,
    "area": pl.String,  # outward code or ZIP code of the address; empty where it has none
    "timezone": pl.String,
}
DEBTS: Final[Schema] = {
    "debt": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,
    "open": pl.Int64,
    "due": pl.Date,
    "round": pl.Int16,
    "closed": pl.Date,  # null while open
}
REMINDED: Final[Schema] = {
    "debt": pl.Int64,
    "round": pl.Int16,
    "step": pl.Int16,
}  # last step not void, per debt and round
CONTACTS: Final[Schema] = {  # the last 31 days
    "customer": pl.Int64,
    "channel": pl.String,
    "direction": pl.String,
    "purpose": pl.String,
    "at": INSTANT,
    "contact": pl.Int64,
    "point": pl.Int64,
    "person": pl.Int64,
    "outcome": pl.String,
    "conversation": pl.Boolean,
    "debts": pl.List(pl.Int64),  # null: none in particular, so it counts for each
    "discussed": pl.List(pl.Int64),  # null: all that it was about
}
POINTS: Final[Schema] = {  # not ended
    "point": pl.Int64,
    "customer": pl.Int64,
    "kind": pl.String,
    "rank": pl.Int16,
    "area": pl.String,  # of a postal address
    "line": pl.String,  # of a phone: mobile, fixed, bad; empty where it is not known
}
OPT_OUTS: Final[Schema] = {
    "customer": pl.Int64,
    "channel": pl.String,
    "point": pl.Int64,
}  # point null: the whole channel
HOLDS: Final[Schema] = {
    "customer": pl.Int64,
    "debt": pl.Int64,  # null: the whole customer
    "kind": pl.String,
    "until": INSTANT,
}
PROMISES: Final[Schema] = {"customer": pl.Int64, "currency": pl.String, "amount": pl.Int64, "by": pl.Date}
CREDITS: Final[Schema] = {"customer": pl.Int64, "currency": pl.String, "amount": pl.Int64}
PENDING: Final[Schema] = {"customer": pl.Int64, "kind": pl.String}  # payment or message under way
INSTALMENTS: Final[Schema] = {  # of arrangements that both sides agreed to and that have not ended
    "customer": pl.Int64,
    "arrangement": pl.Int64,
    "number": pl.Int16,
    "way": pl.String,
    "currency": pl.String,
    "due": pl.Date,
    "minor": pl.Int64,  # as agreed
    "before": pl.Int64,  # sum of the instalments before it
    "paid": pl.Int64,  # what came toward the arrangement so far, less what was taken back
    "room": pl.Int64,  # what its debts have open, less what is let go at the end
    "debts": pl.List(pl.Int64),
    "automatic": pl.Boolean,  # a mandate is charged; the customer does nothing
    "review": pl.Date,  # null: none
}
EXPECTED: Final[Schema] = {  # chances of 1 as last worked out, at most three days ago; null where too little is known
    "customer": pl.Int64,
    "late": pl.Float32,  # an invoice that is not overdue is paid late
    "alone": pl.Float32,  # what is overdue is paid in two weeks without a word
}
PLACED: Final[Schema] = {"customer": pl.Int64, "segment": pl.String}  # by a person, whatever the rules say
CIRCUMSTANCES: Final[Schema] = {  # what the law asks about, as told; most customers have none
    "customer": pl.Int64,
    "row": pl.Int64,
    "kind": pl.String,  # a frame of law_schemas
    "person": pl.Int64,
    "debt": pl.Int64,
    "point": pl.Int64,
    "data": pl.String,  # JSON: the frame's further columns
    "via": pl.String,  # where it was said
    "at": INSTANT,
    "until": INSTANT,
}


@dataclass(frozen=True)
class Book:
    """Facts at `at`. Every frame may be empty."""

    at: datetime
    creditors: pl.DataFrame
    customers: pl.DataFrame
    debts: pl.DataFrame
    reminded: pl.DataFrame
    contacts: pl.DataFrame
    points: pl.DataFrame
    opt_outs: pl.DataFrame
    holds: pl.DataFrame
    promises: pl.DataFrame
    credits: pl.DataFrame
    pending: pl.DataFrame
    circumstances: pl.DataFrame
    instalments: pl.DataFrame
    expected: pl.DataFrame
    placed: pl.DataFrame

    @classmethod
    def of(cls, at: datetime, **frames: pl.DataFrame) -> Book:
        """A book from frames; one that is not given is empty. Raises WrongFacts."""
        if at.tzinfo is None:
            raise ValueError("a book is taken at an aware instant")
        given = {n: conform(_whole(n, frames[n]), s, name=n) if n in frames else empty(s) for n, s in SCHEMAS.items()}
        return cls(at=at, **given)

    def frames(self) -> dict[str, pl.DataFrame]:
        """Name → frame, for keeping and for reading again."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "at"}


SCHEMAS: Final[dict[str, Schema]] = {
    "creditors": CREDITORS,
    "customers": CUSTOMERS,
    "debts": DEBTS,
    "reminded": REMINDED,
    "contacts": CONTACTS,
    "points": POINTS,
    "opt_outs": OPT_OUTS,
    "holds": HOLDS,
    "promises": PROMISES,
    "credits": CREDITS,
    "pending": PENDING,
    "circumstances": CIRCUMSTANCES,
    "instalments": INSTALMENTS,
    "expected": EXPECTED,
    "placed": PLACED,
}

MAY_LACK: Final = {
    "customers": ("area",),
    "contacts": ("contact", "point", "person", "outcome", "conversation", "debts", "discussed"),
    "points": ("area", "line"),
}
"""Columns that a book need not know: they come as null, which no rule reads as leave."""


def _whole(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.lit(None, SCHEMAS[name][column]).alias(column)
        for column in MAY_LACK.get(name, ())
        if column not in frame.columns
    )
