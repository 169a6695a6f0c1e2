"""Interest and fixed sums for late payment between businesses: what may be claimed, and from whom. 1998 Act;
Directive 2011/7/EU."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, NOTHING, Docket, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.scopes import CONSUMER, CONTACT, EU, UK

CLAIM = ("claimed_fixed_minor", "claimed_rate_bp")
BUSINESS = ~CONSUMER


def on_consumer(_: Numbers) -> pl.Expr:
    """Statutory sums are for trade debts only."""
    return pl.col("claimed_fixed_minor").is_not_null() | pl.col("claimed_rate_bp").is_not_null()


def _claimed(docket: Docket, scope: pl.Expr) -> pl.DataFrame:
    return docket.meet(scope, "debts", *CLAIM, "claimed_costs_reasonable", "zone").filter(
        pl.col("debts").list.len() > 0
    )


def fixed_over(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """More than the fixed sum for the size of the debt; reasonable costs beyond it are allowed."""
    if not docket.has(*CLAIM):
        return NOTHING
    met = _claimed(docket, scope).filter(pl.col("claimed_fixed_minor").is_not_null())
    due: pl.Expr = pl.lit(numbers["tiers"][-1][1], dtype=pl.Int64)
    for below, amount in reversed(numbers["tiers"][:-1]):
        due = pl.when(pl.col("amount_minor") < below).then(pl.lit(amount, dtype=pl.Int64)).otherwise(due)
    over = met.with_columns(due=due).filter(
        (pl.col("claimed_fixed_minor") > pl.col("due")) | ~pl.col("interest_runs").fill_null(True),
        ~pl.col("claimed_costs_reasonable").fill_null(False) | ~pl.col("interest_runs").fill_null(True),
    )
    return findings(over, BLOCK, pl.format("The fixed sum for this debt is at most {} minor units.", "due"))


def uk_rate_over(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Interest above the margin over Bank of England base rate of 30 June or 31 December before the debt became
    late."""
    if not docket.has(*CLAIM):
        return NOTHING
    met = _claimed(docket, scope).filter(pl.col("claimed_rate_bp").is_not_null())
    late = pl.col("late_on")
    year = late.dt.year()
    reference = pl.when(late.dt.month() >= 7).then(pl.date(year, 6, 30)).otherwise(pl.date(year - 1, 12, 31))
    return _over(
        docket, met.with_columns(reference=reference), "boe_base", pl.lit(numbers["margin_bp"], dtype=pl.Int64)
    )


def eu_rate_over(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Interest above the national margin over the ECB rate in force on 1 January or 1 July of the half-year."""
    if not docket.has(*CLAIM):
        return NOTHING
    met = _claimed(docket, scope).filter(pl.col("claimed_rate_bp").is_not_null())
    if met.is_empty():
        return NOTHING
    today = docket.local(met, "t").dt.date()
    met = met.with_columns(today=today).with_columns(
        reference=pl.when(pl.col("today").dt.month() >= 7)
        .then(pl.date(pl.col("today").dt.year(), 7, 1))
        .otherwise(pl.date(pl.col("today").dt.year(), 1, 1))
    )
    return _over(docket, met, "ecb_main", pl.lit(numbers["margin_bp"], dtype=pl.Int64))


def _over(docket: Docket, met: pl.DataFrame, name: str, margin: pl.Expr) -> pl.DataFrame:
    """Claims above base and margin. A contract's own rate replaces both; an unknown base rate cannot justify any
    claim."""
    base = (
        docket.facts.rates.filter(pl.col("name") == name)
        .select(reference="on", base="bp")
        .unique("reference", keep="last")
    )
    limit = pl.coalesce("contract_rate_bp", pl.col("base") + margin)
    over = (
        met.join(base, on="reference", how="left")
        .with_columns(limit=limit)
        .filter(
            pl.col("limit").is_null()
            | (pl.col("claimed_rate_bp") > pl.col("limit"))
            | (~pl.col("interest_runs").fill_null(True) & pl.col("contract_rate_bp").is_null())
        )
    )
    told = pl.coalesce(
        pl.format("At most {} basis points a year may be claimed.", "limit"),
        pl.lit("The reference rate of that day is not on record."),
    )
    return findings(over, BLOCK, told)


GERMANY = within("EU-DE")
RULES: tuple[Rule, ...] = (
    Flag(
        "UK-LATE-PAYMENT-1998",
        UK & CONSUMER & CONTACT,
        CLAIM,
        on_consumer,
        "Statutory late-payment sums cannot be claimed from a consumer.",
    ),
    Finder("UK-LATE-PAYMENT-1998", UK & BUSINESS & CONTACT, ("debts",), fixed_over),
    Finder("UK-LATE-PAYMENT-1998", UK & BUSINESS & CONTACT, ("debts",), uk_rate_over),
    Flag(
        "EU-LATE-PAYMENT-2011-7",
        EU & CONSUMER & CONTACT,
        CLAIM,
        on_consumer,
        "Statutory late-payment sums cannot be claimed from a consumer.",
    ),
    Finder("EU-LATE-PAYMENT-2011-7", EU & BUSINESS & CONTACT, ("debts",), fixed_over),
    Finder("EU-LATE-PAYMENT-2011-7", EU & BUSINESS & CONTACT & ~GERMANY, ("debts",), eu_rate_over),
    Finder("EU-DE-LATE-PAYMENT", GERMANY & BUSINESS & CONTACT, ("debts",), eu_rate_over),
)
