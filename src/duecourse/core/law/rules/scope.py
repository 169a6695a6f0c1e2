"""A place whose consumer law is not in the rulebook, or no place at all: a person decides. Never silently the
laxest."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, NOTHING, Docket, findings
from duecourse.core.law.places import UNCOVERED, UNKNOWN
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import CONSUMER


def uncovered(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A consumer linked to a jurisdiction that the rulebook does not cover."""
    rows = docket.pick(scope & ((pl.col("where") & UNCOVERED) != 0))
    return findings(
        rows, BLOCK, "The consumer is linked to a place whose rules are not in the rulebook. A person must decide."
    )


def unknown(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A consumer of whom no location, or an unreadable one, is known."""
    rows = docket.pick(scope & ((pl.col("where") & UNKNOWN) != 0))
    return findings(rows, BLOCK, "No usable location of the consumer is known. Add an address or a zone.")


def timeless(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Never found on hearing: the gate names it where its search for a permitted instant ends without one."""
    return NOTHING


RULES: tuple[Rule, ...] = (
    Finder("SCOPE-UNCOVERED", CONSUMER, (), uncovered, lasting=True),
    Finder("SCOPE-NO-LOCATION", CONSUMER, (), unknown, lasting=True),
    Finder("SCOPE-NO-TIME", pl.lit(False), (), timeless, lasting=True),
)
