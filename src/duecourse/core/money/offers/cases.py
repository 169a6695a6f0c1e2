"""What an offer is worked out from, and what is worked out. No names and no ids but the row's own: equal rows, equal menus."""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.facts.schema import Schema

INFLOWS: Final = pl.List(pl.Struct({"day": pl.Date, "minor": pl.Int64}))

CASES: Final[Schema] = {
    "case": pl.Int64,  # names the row, and nothing is read from it
    "currency": pl.String,
    "open": pl.Int64,  # of the debts that are to be arranged, in minor units
    "debts": pl.Int16,
    "due": pl.Date,  # of the oldest of them
    "spare": pl.Int64,  # a month, in minor units; null: not known
    "lump": pl.Int64,  # could be paid within two weeks; null: not known
    "inflows": INFLOWS,  # days on which a firm expects money, and how much of it may go to this
    "every": pl.String,  # month, fortnight, week or payday
    "payday": pl.Int8,  # day of the month; 0: none
    "hardship": pl.Boolean,
    "on_time": pl.Int32,  # invoices in a row that were paid on time, the newest first
}
OPTIONS: Final[Schema] = {
    "case": pl.Int64,
    "place": pl.Int8,  # in the menu, from 1
    "way": pl.String,
    "every": pl.String,
    "count": pl.Int16,  # instalments
    "each": pl.Int64,  # minor units; the last is what is left
    "first": pl.Date,
    "last": pl.Date,
    "total": pl.Int64,  # to be paid in all
    "forgiven": pl.Int64,
    "reduced": pl.Int16,  # smaller instalments at the beginning
    "reduced_each": pl.Int64,
    "review": pl.Date,
    "monthly": pl.Int64,  # the most that it asks in a month, up to the review where there is one
    "burden": pl.Int32,  # per cent of the spare money; null: not known
    "kept": pl.Int32,  # likelihood of 1,000 that it is kept
    "npv": pl.Int64,  # money expected, at today's worth
    "value": pl.Int64,  # the same, with the worth of a customer who stays
    "weight": pl.Int64,  # how often it is chosen, beside the others
}
