"""Time-barred debts. 12 CFR 1006.26(b); CONC 7.15."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.rules.wording import SUES, any_claim
from duecourse.core.law.scopes import CONTACT, OUTBOUND, REGF, TO_CONSUMER, UK_CONSUMER

SUIT = pl.col("action") == "file_suit"
THREATENS = any_claim(SUES).fill_null(False)


def expired(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Suing, or threatening to, after the limitation period. What the collector believed does not matter."""
    met = docket.meet(scope, "debts", "claims", "action", "zone", only=pl.col("limitation_expired_on").is_not_null())
    if met.is_empty():
        return findings(met, BLOCK, "")
    met = met.with_columns(today=docket.local(met, "t").dt.date())
    late = met.filter(pl.col("today") > pl.col("limitation_expired_on"), SUIT | THREATENS)
    return findings(
        late,
        BLOCK,
        pl.format("The time for suing ended on {}.", pl.col("limitation_expired_on").dt.strftime("%d %b %Y")),
    )


def barred(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """UK: no talk of court on a barred debt; no demand after the customer refused on that ground, or in Scotland at
    all."""
    met = docket.meet(scope, "debts", "claims", "action", "demands_payment", "where", only=pl.col("statute_barred"))
    if met.is_empty():
        return findings(met, BLOCK, "")
    refused = docket.meet(scope, "notices", only=pl.col("kind") == "refused_statute_barred")["row"].unique()
    scotland = within("UK-SCT")  # there the debt itself ceases to exist
    asks = pl.col("demands_payment").fill_null(True)
    stop = (
        SUIT
        | THREATENS
        | (asks & (pl.col("row").is_in(refused.implode()) | scotland))
        | (asks & ~pl.col("lender_in_contact").fill_null(True))
    )
    return findings(
        met.filter(stop), BLOCK, "The debt is statute-barred: no talk of court, and no demand once they refuse."
    )


RULES: tuple[Rule, ...] = (
    Finder("US-REGF-26-TIMEBARRED", REGF & ((CONTACT & TO_CONSUMER) | SUIT), ("debts",), expired),
    Finder("UK-CONC-7.15", UK_CONSUMER & ((OUTBOUND & TO_CONSUMER) | SUIT), ("debts",), barred),
)
