"""Nobody else learns of a debt. 12 CFR 1006.6(d), 1006.10; CONC 7.9.6R-7.9.7R; RG 96 Part 2."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, bound, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.rules.representation import OPEN
from duecourse.core.law.scopes import (
    AU_CONSUMER,
    CALIFORNIA,
    CALLS,
    CONSUMER,
    CONTACT,
    MESSAGES,
    OUTBOUND,
    REGF,
    UK_CONSUMER,
)

STRANGER = CONTACT & pl.col("recipient").is_in(["third_party", "representative"])
LOCATION = (pl.col("purpose") == "location_information").fill_null(False)
LICENSED = pl.col("court_permission").fill_null(False) | pl.col("post_judgment_remedy").fill_null(False)


def told_stranger(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A person who may not be told: no location enquiry, no direct consent of the consumer, no court."""
    rows = docket.pick(scope & ~LICENSED & ~LOCATION, "person", "debts", "recipient")
    return findings(
        _not_agreed(docket, rows),
        BLOCK,
        "This person may not learn of the debt. The customer has not agreed to it with us.",
    )


def _not_agreed(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    given = docket.facts.consents.filter(pl.col("kind") == "third_party", pl.col("given_to") == "collector")
    if given.is_empty() or rows.is_empty():
        return rows
    agreed = bound(rows.join(given, on="customer", suffix="_f"), ["person"], given.columns)["row"].unique()
    return rows.filter(~pl.col("row").is_in(agreed.implode()))


def enquired_again(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A location enquiry reaches each person once, unless they asked for another or the earlier answer was wrong."""
    log = docket.facts.log.filter(
        pl.col("conversation").fill_null(False),
        pl.col("purpose") == "location_information",
        pl.col("by_us").fill_null(True),
    ).select("customer", "at", "asks_reply", spoken_to="person")
    again = pl.any_horizontal(pl.col(name).fill_null(False) for name in ("asked_to_call_again", "earlier_answer_wrong"))
    rows = docket.pick(scope & LOCATION, "person", "asked_to_call_again", "earlier_answer_wrong").filter(~again)
    met = rows.join(log, on="customer").filter(pl.col("at") <= pl.col("known"), pl.col("person") == pl.col("spoken_to"))
    met = met.filter(~pl.col("row").is_in(met.filter(pl.col("asks_reply").fill_null(False))["row"].implode()))
    return findings(met, BLOCK, "This person was already asked once where the customer is.")


def attorney_known(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Once the attorney is known, nobody else is asked: 12 CFR 1006.10(b)(5)."""
    met = docket.meet(scope & LOCATION, "representations").filter(OPEN, pl.col("kind") == "attorney")
    return findings(met, BLOCK, "An attorney acts. Ask nobody else.")


def not_theirs(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Somebody said that this address is not the consumer's, or that they read what we sent."""
    met = docket.meet(scope & pl.col("point").is_not_null(), "points").filter(
        pl.col("not_theirs_at") <= pl.col("known"), pl.col("point_f").is_not_null()
    )
    return findings(
        met,
        BLOCK,
        pl.format("This address reached somebody else ({}).", pl.col("not_theirs_at").dt.strftime("%d %b %Y")),
    )


def reassigned(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """The number database says that the number went to another user."""
    met = docket.meet(scope, "number_checks").sort("at").unique("row", keep="last", maintain_order=True)
    return findings(
        met.filter(pl.col("reassigned").fill_null(False)), BLOCK, "The number now belongs to somebody else."
    )


def _says(*names: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name) for name in names)


REVEALING = ("mentions_debt",)
RULES: tuple[Rule, ...] = (
    Finder("US-REGF-6d1-THIRDPARTY", REGF & STRANGER, (), told_stranger, lasting=True),
    Finder("US-REGF-6d1-THIRDPARTY", REGF & STRANGER, ("log",), enquired_again, lasting=True),
    Finder("US-REGF-6d1-THIRDPARTY", REGF & STRANGER, ("representations",), attorney_known, lasting=True),
    Finder("US-REGF-6d1-THIRDPARTY", REGF & OUTBOUND & (CALLS | MESSAGES), ("points",), not_theirs, lasting=True),
    Finder(
        "US-REGF-6d1-THIRDPARTY",
        REGF & OUTBOUND & (CALLS | (pl.col("channel") == "sms")),
        ("number_checks",),
        reassigned,
        lasting=True,
    ),
    Flag(
        "US-REGF-6d1-THIRDPARTY",
        REGF & STRANGER & LOCATION,
        ("mentions_debt",),
        lambda _: pl.col("mentions_debt"),
        "A location enquiry must not say that a debt is owed.",
    ),
    Flag(
        "US-REGF-6d1-THIRDPARTY",
        REGF & STRANGER & LOCATION,
        ("identifies_self_by_name",),
        lambda _: ~pl.col("identifies_self_by_name"),
        "A location enquiry must give the caller's own name.",
    ),
    Flag(
        "US-REGF-6d1-THIRDPARTY",
        REGF & STRANGER & LOCATION,
        ("names_employer_unasked",),
        lambda _: pl.col("names_employer_unasked"),
        "A location enquiry names the employer only when asked.",
    ),
    Flag(
        "US-REGF-6d1-THIRDPARTY",
        REGF & STRANGER & LOCATION,
        ("envelope_text",),
        lambda _: pl.col("envelope_text").str.to_lowercase().str.contains("debt|collect|recover|past due|overdue"),
        "Nothing on a location letter may point to debt collection.",
    ),
    Finder(
        "US-REGF-6d1-THIRDPARTY",
        REGF & STRANGER & LOCATION & (pl.col("channel") == "postcard"),
        (),
        lambda d, s, _: findings(d.pick(s), BLOCK, "A location enquiry must not go by postcard."),
        lasting=True,
    ),
    Finder("US-CA-ROSENTHAL", CALIFORNIA & STRANGER, (), told_stranger, lasting=True),
    Flag(
        "UK-CONC-7.9",
        UK_CONSUMER & STRANGER & (pl.col("recipient") == "third_party"),
        REVEALING,
        lambda _: _says(*REVEALING),
        "A third party must not be told of the debt (CONC 7.9.6R).",
    ),
    Flag(
        "AU-RG96-CONDUCT",
        AU_CONSUMER & CONTACT & pl.col("recipient").is_in(["third_party", "spouse", "parent"]),
        REVEALING,
        lambda _: _says(*REVEALING),
        "Family and others must not be told of the debt.",
    ),
    Finder(
        "HOUSE-THIRDPARTY", CONSUMER & CONTACT & (pl.col("recipient") == "third_party"), (), told_stranger, lasting=True
    ),
    Finder("HOUSE-THIRDPARTY", OUTBOUND & (CALLS | MESSAGES), ("points",), not_theirs, lasting=True),
)
