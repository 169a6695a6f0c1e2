"""A dispute stops collection until it is answered. 12 CFR 1006.38; CONC 7.14."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.rules.validation import periods
from duecourse.core.law.scopes import CONTACT, OUTBOUND, REGF, TO_CONSUMER, UK_CONSUMER, purpose

ANSWERS = purpose(
    "send_verification",
    "original_creditor_info",
    "duplicative_dispute_notice",
    "validation_notice",
    "send_outcome",
    "send_details",
    "dispute_acknowledgement",
    "confirm_opt_out",
)
COLLECTING = (OUTBOUND & TO_CONSUMER) | pl.col("action").is_in(
    ["file_suit", "furnish", "apply_interest_or_fees", "place_for_collection"]
)
OPEN = pl.col("answered_at").is_null() | (pl.col("answered_at") > pl.col("known"))


def _unanswered(docket: Docket, scope: pl.Expr) -> pl.DataFrame:
    met = docket.meet(scope, "disputes", "demands_payment", "undisputed_part_only", "reply", "purpose", "zone")
    bare = ~pl.col("demands_payment").fill_null(False)
    politely = (ANSWERS & bare) | (pl.col("reply") & ~pl.col("demands_payment").fill_null(True))
    elsewhere = pl.col("partial").fill_null(False) & pl.col("undisputed_part_only").fill_null(False)
    return met.filter(OPEN, ~politely, ~elsewhere)


def disputed(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """A written dispute or original-creditor request within the validation period, not yet answered.

    Where no notice is on record the period has not begun to run out, so any written dispute counts.
    """
    met = _unanswered(docket, scope).filter(pl.col("written").fill_null(False))
    if met.is_empty():
        return findings(met, BLOCK, "")
    met = met.with_row_index("n").with_columns(disputed_on=docket.local(met, "at").dt.date())
    notices = docket.facts.validations.rename(
        {"at": "notice_at", "debt": "notice_debt", "stated_end_on": "stated_end_on_f"}
    )
    named = pl.col("debt").is_null() | pl.col("notice_debt").is_null() | (pl.col("debt") == pl.col("notice_debt"))
    given = met.select("n", "customer", "known", "zone", "debt", "disputed_on", dispute_at="at").join(
        notices, on="customer"
    )
    given = given.filter(named, pl.col("notice_at").is_null() | (pl.col("notice_at") <= pl.col("dispute_at"))).rename(
        {"notice_at": "at"}
    )
    dated = periods(docket, given, numbers)
    over = dated.group_by("n").agg(over=(pl.col("disputed_on") > pl.col("ends")).all()).filter("over")["n"]
    late = met.filter(~pl.col("n").is_in(over.implode()))
    return findings(
        late,
        BLOCK,
        pl.format("Disputed in writing on {} and not yet answered.", pl.col("disputed_on").dt.strftime("%d %b %Y")),
    )


def questioned(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Any dispute, spoken too, stops recovery while valid or possibly valid grounds stand."""
    met = docket.meet(scope, "disputes", "demands_payment", "undisputed_part_only", "reply", "purpose", "zone")
    bare = ~pl.col("demands_payment").fill_null(False)
    politely = (ANSWERS | pl.col("reply")) & bare
    closed = (
        pl.col("answered_at").is_not_null()
        & (pl.col("answered_at") <= pl.col("known"))
        & (pl.col("outcome") == "not_valid").fill_null(False)
    )
    return findings(
        met.filter(~closed, ~politely), BLOCK, "The customer disputes this. Investigate and send the outcome first."
    )


def unflagged(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """A disputed debt, however and whenever disputed, reported without saying so: 1006.18(c)(2)."""
    met = docket.meet(scope, "disputes", "dispute_flag").filter(pl.col("kind").fill_null("dispute") == "dispute")
    return findings(
        met.filter(~pl.col("dispute_flag").fill_null(False)),
        BLOCK,
        "The debt is disputed. Report it as disputed.",
    )


def open_question(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Anybody's open dispute pauses the chase of that debt."""
    return findings(_unanswered(docket, scope), BLOCK, "A dispute about this debt is open.")


RULES: tuple[Rule, ...] = (
    Finder("US-REGF-38-DISPUTE", REGF & COLLECTING, ("disputes",), disputed, lasting=True),
    Finder("US-REGF-18-MISLEAD", REGF & (pl.col("action") == "furnish"), ("disputes",), unflagged, lasting=True),
    Finder("UK-CONC-7.14", UK_CONSUMER & COLLECTING, ("disputes",), questioned, lasting=True),
    Finder("HOUSE-DISPUTE", CONTACT & OUTBOUND & TO_CONSUMER, ("disputes",), open_question, lasting=True),
)
