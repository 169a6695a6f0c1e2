"""Media and addresses that a person asked us not to use. Binds at dispatch, without days of grace."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import AU_CONSUMER, OUTBOUND, REGF, UK_CONSUMER, US, purpose

MARKETING = pl.col("marketing_act")
EXEMPT = pl.col("reply") | purpose("confirm_opt_out") | pl.col("required_by_law").fill_null(False)


def unwanted(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The medium, or this address, was ruled out. One answer, one bare confirmation, and what the law requires are left."""
    met = docket.meet(scope & ~EXEMPT, "suppressions", "medium", "channel")
    medium = pl.col("medium").cast(pl.String)
    hit = met.filter(
        (pl.col("medium_f") == medium) | (pl.col("medium_f") == "any"),
        (pl.col("scope").fill_null("all") != "marketing"),
    )
    since = pl.coalesce(pl.col("at").dt.strftime("since %d %b %Y"), pl.lit("on record"))
    return findings(hit, BLOCK, pl.format("The person asked us not to use this ({}, {}).", pl.col("medium_f"), since))


ROBOTIC = pl.col("technology").is_in(["autodialed_text", "autodialed_call", "prerecorded_voice", "artificial_voice"]).fill_null(False)
RULES: tuple[Rule, ...] = (
    Finder("US-REGF-14h-MEDIUM", REGF & OUTBOUND, ("suppressions",), unwanted),
    Finder("US-TCPA", US & OUTBOUND & (pl.col("channel") == "sms"), ("suppressions",), unwanted),
    Finder("UK-CONC-7.9", UK_CONSUMER & OUTBOUND, ("suppressions",), unwanted),
    Finder("AU-RG96-HOURS", AU_CONSUMER & OUTBOUND, ("suppressions",), unwanted),
    Finder("HOUSE-OPTOUT", OUTBOUND, ("suppressions",), unwanted),
)
