"""Media and addresses that a person asked us not to use. Binds at dispatch, without days of grace."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import AU_CONSUMER, OUTBOUND, REGF, UK_CONSUMER, US, purpose

EXEMPT = pl.col("reply") | pl.col("required_by_law").fill_null(False)
# A confirmation says that the request is honoured, and nothing else: 12 CFR 1006.14(h)(2)(i); 47 CFR 64.1200(a)(12).
BEYOND = (
    r"(?i)[$£€]|https?://|www\.|\b(?:pay\w*|owe\w*|balance|debts?|amount|loans?|offers?|discounts?|settle\w*|deals?|save|credit|account|"
    r"call us|visit|click|buy|apply|promo\w*|overdue|due)\b"
)


def _confirms(docket: Docket, met: pl.DataFrame) -> pl.Expr:
    """The first bare confirmation of this request."""
    text = pl.col("text").fill_null("")
    bare = (
        purpose("confirm_opt_out")
        & ~pl.col("marketing_act")
        & ~pl.col("demands_payment").fill_null(False)
        & ~text.str.contains(BEYOND)
    )
    sent = docket.facts.log.filter(pl.col("direction") == "out", pl.col("purpose") == "confirm_opt_out").select(
        "customer", "channel", sent_at="at"
    )
    again = (
        met.select("row", "customer", "channel", "known", "at")
        .join(sent, on=["customer", "channel"])
        .filter(pl.col("sent_at") <= pl.col("known"), pl.col("at").is_null() | (pl.col("sent_at") >= pl.col("at")))
    )
    return bare & ~pl.col("row").is_in(again["row"].unique().implode())


def unwanted(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The medium, or this address, was ruled out. One answer, one bare confirmation, and what the law requires are
    left."""
    met = docket.meet(
        scope & ~EXEMPT, "suppressions", "medium", "channel", "purpose", "marketing_act", "demands_payment", "text"
    )
    medium = pl.col("medium").cast(pl.String)
    hit = met.filter(
        (pl.col("medium_f") == medium) | (pl.col("medium_f") == "any"),
        (pl.col("scope").fill_null("all") != "marketing"),
        ~_confirms(docket, met),
    )
    since = pl.coalesce(pl.col("at").dt.strftime("since %d %b %Y"), pl.lit("on record"))
    return findings(hit, BLOCK, pl.format("The person asked us not to use this ({}, {}).", pl.col("medium_f"), since))


RULES: tuple[Rule, ...] = (
    Finder("US-REGF-14h-MEDIUM", REGF & OUTBOUND, ("suppressions",), unwanted, lasting=True),
    Finder(
        "US-TCPA",
        US & OUTBOUND & ((pl.col("channel") == "sms") | pl.col("robotic")),
        ("suppressions",),
        unwanted,
        lasting=True,
    ),
    Finder("UK-CONC-7.9", UK_CONSUMER & OUTBOUND, ("suppressions",), unwanted, lasting=True),
    Finder("AU-RG96-HOURS", AU_CONSUMER & OUTBOUND, ("suppressions",), unwanted, lasting=True),
    Finder("HOUSE-OPTOUT", OUTBOUND, ("suppressions",), unwanted, lasting=True),
)
