"""Places that are inconvenient, and the workplace."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, bound, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import AU_CONSUMER, CALIFORNIA, CONSUMER, OUTBOUND, REGF, TO_CONSUMER, UK_CONSUMER

# Only calls, mail and visits are tied to a place, and mail without a known kind goes to where people live. Email, texts and mobiles
# are not.
KIND = pl.col("address_kind")
AT = (
    pl.when(~pl.col("medium").is_in(["call", "letter", "visit"]))
    .then(None)
    .when(KIND.str.starts_with("work"))
    .then(pl.lit("work"))
    .when(KIND.str.starts_with("home") | (KIND.is_null() & (pl.col("medium") == "letter")))
    .then(pl.lit("home"))
)


def _there(docket: Docket, scope: pl.Expr) -> pl.DataFrame:
    tied = scope & ~pl.col("reply") & ~pl.col("court_permission").fill_null(False) & AT.is_not_null()
    met = docket.meet(tied, "places", "medium", "address_kind", "debts").filter(pl.col("place") == AT)
    return met if met.is_empty() else met.filter(~pl.col("row").is_in(_agreed(docket, met).implode()))


def _agreed(docket: Docket, met: pl.DataFrame) -> pl.Series:
    """Rows whose place the person agreed to, directly to us (12 CFR 1006.6(b)(4)(i))."""
    given = docket.facts.consents.filter(
        pl.col("kind") == "place", pl.col("given_to") == "collector", pl.col("compliant").fill_null(True)
    )
    rows = met.select("row", "customer", "t", "known", "person", "debts", where="place").unique(["row", "where"])
    fits = pl.col("point").is_null() | (pl.col("point") == pl.col("where"))
    return bound(rows.join(given, on="customer", suffix="_f"), ["person"], given.columns).filter(fits)["row"].unique()


def inconvenient(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """An address tied to a place that the person ruled out."""
    return findings(_there(docket, scope), BLOCK, pl.format("The person ruled out this place: {}.", "place"))


def ruled_out(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The same, without workplaces that the employer forbids: those have a rule of their own."""
    met = _there(docket, scope).filter(~pl.col("employer").fill_null(False))
    return findings(met, BLOCK, pl.format("The person ruled out this place: {}.", "place"))


def forbidden_work(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The workplace, where the employer forbids it as far as we know."""
    met = _there(docket, scope).filter(pl.col("employer").fill_null(False), pl.col("place") == "work")
    return findings(met, BLOCK, "The employer does not allow such contact at work.")


REACHED = OUTBOUND & TO_CONSUMER
RULES: tuple[Rule, ...] = (
    Finder("US-REGF-6b1-PLACE", REGF & REACHED, ("places",), ruled_out, lasting=True),
    Finder("US-REGF-6b3-WORK", REGF & REACHED, ("places",), forbidden_work, lasting=True),
    Finder("US-CA-ROSENTHAL", CALIFORNIA & REACHED, ("places",), inconvenient, lasting=True),
    Finder(
        "US-MA-WORK",
        within("US-MA") & CONSUMER & REACHED & pl.col("address_kind").str.starts_with("work").fill_null(False),
        ("places",),
        inconvenient,
        lasting=True,
    ),
    Finder("UK-CONC-7.9", UK_CONSUMER & REACHED, ("places",), inconvenient, lasting=True),
    Finder("AU-RG96-HOURS", AU_CONSUMER & REACHED, ("places",), inconvenient, lasting=True),
    Finder("HOUSE-PREFERENCE", REACHED, ("places",), inconvenient, lasting=True),
)
