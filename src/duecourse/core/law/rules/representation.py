"""People who are represented are reached through whoever acts for them."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import AU_CONSUMER, CALIFORNIA, OUTBOUND, REGF, TO_CONSUMER

OPEN = (
    pl.col("reachable").fill_null(True)
    & (pl.col("waived_at").is_null() | (pl.col("waived_at") > pl.col("known")))
    & (pl.col("silent_at").is_null() | (pl.col("silent_at") > pl.col("known")))
)


def _acting(docket: Docket, scope: pl.Expr) -> pl.DataFrame:
    return docket.meet(
        scope & ~pl.col("reply") & ~pl.col("court_permission").fill_null(False), "representations"
    ).filter(OPEN)


def by_attorney(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Known to have an attorney for this debt, whose name and address are known or readily found."""
    return findings(
        _acting(docket, scope).filter(pl.col("kind") == "attorney"),
        BLOCK,
        "An attorney acts for this debt. Contact the attorney.",
    )


def by_anybody(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A representative of any kind acts."""
    return findings(_acting(docket, scope), BLOCK, pl.format("Contact goes to the {} who acts for them.", "kind"))


DIRECT = OUTBOUND & TO_CONSUMER
RULES: tuple[Rule, ...] = (
    Finder("US-REGF-6b2-ATTORNEY", REGF & DIRECT, ("representations",), by_attorney, lasting=True),
    Finder("US-CA-ROSENTHAL", CALIFORNIA & DIRECT, ("representations",), by_attorney, lasting=True),
    Finder(
        "AU-RG96-CONDUCT",
        AU_CONSUMER & OUTBOUND & (pl.col("recipient") == "consumer"),
        ("representations",),
        by_anybody,
        lasting=True,
    ),
    Finder("HOUSE-REPRESENTED", DIRECT, ("representations",), by_anybody, lasting=True),
)
