"""Bankruptcy and debt respite: collection stands still. 11 U.S.C. 362, 524; SI 2020/1311."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import OUTBOUND, TO_CONSUMER, UK_CONSUMER, US

STEPS = pl.col("action").is_in(
    [
        "file_suit",
        "apply_interest_or_fees",
        "deposit_postdated",
        "furnish",
        "sell_debt",
        "transfer_debt",
        "place_for_collection",
    ]
)
TOWARD = OUTBOUND & TO_CONSUMER
SUITS = pl.col("action").is_in(["file_suit", "apply_interest_or_fees", "deposit_postdated"])


def stayed(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A petition was filed, or the debt discharged: no act to collect."""
    met = docket.meet(scope & ~pl.col("court_permission").fill_null(False), "bankruptcies")
    return findings(met, BLOCK, pl.format("Insolvency ({}). No act to collect.", pl.col("kind").fill_null("filed")))


def discharged(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The debt itself is marked as discharged."""
    free = ~pl.col("court_permission").fill_null(False)
    met = docket.meet(scope & free, "debts", only=pl.col("status") == "discharged")
    return findings(met.filter(pl.col("debts").list.len() > 0), BLOCK, "The debt was discharged in bankruptcy.")


def breathing(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """A moratorium on this debt: sixty days, or treatment and thirty days. The debtor's own question may be
    answered."""
    columns = ("demands_payment", "reply", "recipient", "contact", "required_by_law", "zone")
    met = docket.meet(scope & ~pl.col("court_permission").fill_null(False), "breathing_spaces", *columns)
    if met.is_empty():
        return findings(met, BLOCK, "")
    bare = ~pl.col("demands_payment").fill_null(False)
    answered = pl.col("contact") & ((pl.col("reply") & bare) | pl.col("required_by_law").fill_null(False))
    met = met.filter(~answered).with_columns(today=docket.local(met.filter(~answered), "t").dt.date())
    crisis = pl.col("kind") == "mental_health_crisis"
    standard = pl.col("starts_on").dt.offset_by(f"{numbers['days']}d")
    after = pl.col("treatment_ended_on").dt.offset_by(f"{numbers['crisis_days']}d")
    ends = pl.when(crisis).then(after).otherwise(standard)
    live = met.with_columns(ends=ends).filter(
        pl.col("starts_on") <= pl.col("today"), pl.col("ends").is_null() | (pl.col("today") <= pl.col("ends"))
    )
    open_end = pl.lit("with no end yet")
    return findings(
        live, BLOCK, pl.format("Breathing space {}.", pl.coalesce(pl.col("ends").dt.strftime("to %d %b %Y"), open_end))
    )


RULES: tuple[Rule, ...] = (
    Finder("US-BK-STAY", US & (TOWARD | SUITS), ("bankruptcies",), stayed, lasting=True),
    Finder("US-BK-STAY", US & (TOWARD | SUITS), ("debts",), discharged, lasting=True),
    Finder("UK-BREATHING-SPACE", UK_CONSUMER & (TOWARD | STEPS), ("breathing_spaces",), breathing),
    Finder("HOUSE-INSOLVENCY", TOWARD | SUITS, ("bankruptcies",), stayed, lasting=True),
)
