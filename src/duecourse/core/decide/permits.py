"""Questions to the contact gate: each intended message as a candidate, the book's facts as the law reads them."""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.facts.book import Book
from duecourse.core.facts.law import LawFacts

_EU: Final = (
    "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
).split()  # fmt: skip
_MEDIUM: Final = {"email": "email", "sms": "sms", "phone": "call", "letter": "letter"}
_CHANNEL: Final = {"email": "email", "sms": "sms", "phone": "phone_call", "letter": "letter"}


def candidates(intended: pl.DataFrame, book: Book, *, key: str = "customer") -> pl.DataFrame:
    """One candidate a row of `intended` (customer, channel, point, debts; purpose where it is not a reminder)."""
    purpose = pl.col("purpose") if "purpose" in intended.columns else pl.lit("reminder", pl.String)
    receipt = purpose == "receipt"
    return (
        intended.join(
            book.customers.select("customer", "person", mine="creditor"),
            on="customer",
            how="left",
            maintain_order="left",
        )
        .join(book.creditors.select(mine="creditor", agency="agency"), on="mine", how="left", maintain_order="left")
        .select(
            pl.col(key).alias("candidate"),
            "customer",
            pl.col("mine").alias("creditor"),
            pl.col("channel").replace(_CHANNEL),
            purpose.replace({"receipt": "payment_receipt"}).alias("purpose"),
            # A receipt answers what the customer just did, so it need not wait for the morning.
            pl.when(receipt).then(pl.lit("payment")).alias("in_response_to"),
            pl.col("point").cast(pl.String),
            "debts",
            ~pl.col("person").alias("business"),
            pl.when(pl.col("agency")).then(pl.lit("third_party")).otherwise(pl.lit("first_party")).alias("collector"),
            pl.lit(book.at, pl.Datetime("us", "UTC")).alias("at"),
        )
    )


def law_facts(book: Book, customers: pl.Series) -> LawFacts:
    """What the gate may know of these customers."""
    mine = book.customers.filter(pl.col("customer").is_in(customers.implode())).join(
        book.creditors.select("creditor", home="timezone", home_country="country"), on="creditor"
    )
    wanted = mine["customer"].implode()
    return LawFacts(
        locations=mine.select(
            "customer",
            source=pl.lit("residential_address"),
            tz=pl.when(pl.col("timezone") != "").then("timezone").otherwise("home"),
            jurisdiction=_jurisdiction(
                pl.when(pl.col("country") != "").then("country").otherwise("home_country"), pl.col("region")
            ),
        ),
        log=book.contacts.filter(pl.col("customer").is_in(wanted)).select(
            "customer",
            pl.int_range(pl.len(), dtype=pl.Int64).alias("contact"),
            pl.col("channel").replace(_CHANNEL),
            "direction",
            "at",
            "purpose",
            result=pl.lit("sent"),
        ),
        suppressions=book.opt_outs.filter(pl.col("customer").is_in(wanted)).select(
            "customer", pl.col("channel").replace(_MEDIUM).alias("medium"), pl.col("point").cast(pl.String)
        ),
        holds=book.holds.filter(pl.col("customer").is_in(wanted)).select("customer", "debt", "kind", "until"),
        creditors=book.creditors.select(
            "creditor", tz="timezone", jurisdiction=_jurisdiction(pl.col("country"), pl.lit("")), fresh_at="fresh_at"
        ),
    )


def _jurisdiction(country: pl.Expr, region: pl.Expr) -> pl.Expr:
    """UK, US-OH, AU-WA, EU-DE: as the rulebook names places. Another country stands for itself: not covered, and said so."""
    return (
        pl.when(country == "GB")
        .then(pl.lit("UK"))
        .when(country.is_in(_EU))
        .then(pl.lit("EU-") + country)
        .when(region != "")
        .then(country + "-" + region)
        .otherwise(country)
    )
