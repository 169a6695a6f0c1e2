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
    "worth": pl.Int64,  # what winning another customer in their place would cost, by the creditor's offer policy
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
    "channel": pl.String,
    "cost": pl.Int64,  # of an outbound one, by the creditor's cost sheet
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
INSTALMENTS: Final[Schema] = {  # of arrangements that both sides agreed to
    "instalment": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,
    "arrangement": pl.Int64,
    "due": pl.Date,
    "owed": pl.Int64,  # of the arrangement by then, this instalment included
    "ended": pl.Date,  # when the arrangement was replaced or stopped; null: it runs, or was kept
}
UNDER: Final[Schema] = {"arrangement": pl.Int64, "debt": pl.Int64, "since": pl.Date}
TASKS: Final[Schema] = {  # that a person closed
    "task": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,  # the creditor's own
    "kind": pl.String,
    "closed": pl.Date,
    "by": pl.String,
    "sixtieths": pl.Int64,  # cost of the handling, in sixtieths of a minor unit
}
WAITS: Final[Schema] = {  # a customer's word, and the person who took it up
    "wait": pl.Int64,
    "customer": pl.Int64,  # null: it is not known whose word it was
    "currency": pl.String,  # the creditor's own
    "day": pl.Date,  # on which it was taken up
    "minutes": pl.Int64,
}
COMPLAINTS: Final[Schema] = {"complaint": pl.Int64, "customer": pl.Int64, "currency": pl.String, "day": pl.Date}
ARMS: Final[Schema] = {  # a customer in a trial by lot
    "trial": pl.Int64,
    "customer": pl.Int64,
    "currency": pl.String,  # the creditor's own
    "arm": pl.String,  # now: the playbook that runs; new: the other
    "since": pl.Date,
    "until": pl.Date,  # null: it runs
}
TOLD: Final[Schema] = {  # what was told on a Monday of the week that began then
    "currency": pl.String,
    "week": pl.Date,
    "expected": pl.Int64,
}
EVIDENCE: Final[Schema] = {  # what speaks for a cause of being late (core.measure.causes)
    "customer": pl.Int64,
    "debt": pl.Int64,  # null: whatever they owe
    "sign": pl.String,
    "day": pl.Date,
    "until": pl.Date,  # null: open, or said once
    "fades": pl.Boolean,  # said or seen once: it speaks for some weeks only
}
SCHEMAS: Final[dict[str, Schema]] = {
    "invoices": INVOICES,
    "legs": LEGS,
    "contacts": CONTACTS,
    "named": NAMED,
    "promises": PROMISES,
    "instalments": INSTALMENTS,
    "under": UNDER,
    "tasks": TASKS,
    "waits": WAITS,
    "complaints": COMPLAINTS,
    "arms": ARMS,
    "told": TOLD,
    "evidence": EVIDENCE,
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
    instalments: pl.DataFrame
    under: pl.DataFrame
    tasks: pl.DataFrame
    waits: pl.DataFrame
    complaints: pl.DataFrame
    arms: pl.DataFrame
    told: pl.DataFrame
    evidence: pl.DataFrame

    @classmethod
    def of(cls, **frames: pl.DataFrame) -> Sheet:
        """A sheet from frames of SCHEMAS; one that is not given is empty. Raises WrongFacts."""
        given = {n: conform(frames[n], s, name=n) if n in frames else empty(s) for n, s in SCHEMAS.items()}
        legs = given.pop("legs")
        cash = legs.filter(pl.col("account") == "cash").select("customer", "currency", "booked", "amount")
        return cls(moves=moves_of(legs), sales=sales_of(legs), cash=cash, **given)
