"""People in difficulty: plans in the making, capacity, hardship notices. CONC 7.3, 7.10; National Credit Code 72, 88,
89A."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, DEFER, Docket, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.rules.frequency import midnight
from duecourse.core.law.scopes import AU_CONSUMER, COLLECTOR, CONSUMER, OUTBOUND, TO_CONSUMER, UK_CONSUMER, purpose

PURSUIT = (
    OUTBOUND
    & TO_CONSUMER
    & ~pl.col("reply")
    & ~purpose("service", "service_reply", "send_outcome", "confirm_plan", "confirm_opt_out", "offer_help")
)
NEVADA = within("US-NV") & COLLECTOR & CONSUMER & (OUTBOUND | pl.col("action").is_in(["file_suit", "furnish"]))
SUIT = pl.col("action") == "file_suit"


def noted(docket: Docket, scope: pl.Expr, kind: str) -> pl.DataFrame:
    """Rows in scope with a live notice of this kind about one of their debts."""
    return docket.meet(scope, "notices", "zone", only=pl.col("kind") == kind)


def planning(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """A repayment plan is being worked out in earnest: leave them about thirty days."""
    met = noted(docket, scope, "plan_in_development")
    if met.is_empty():
        return findings(met, DEFER, "")
    met = met.with_columns(today=docket.local(met, "t").dt.date(), told_on=docket.local(met, "at").dt.date())
    free = pl.col("told_on").dt.offset_by(f"{numbers['days']}d")
    return midnight(
        docket,
        met.filter(pl.col("today") < free),
        free,
        pl.lit(f"A repayment plan is being worked out; {numbers['days']} days are left for it."),
    )


def incapable(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """We know or ought to know that the customer may lack capacity to decide."""
    return findings(
        noted(docket, scope, "mental_capacity"), BLOCK, "They may lack mental capacity. A person must look first."
    )


def undecided(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """A hardship notice without refusal, or a refusal less than fourteen days old (its day is day 1): no
    proceedings."""
    asked = noted(docket, scope, "hardship_notice")
    if asked.is_empty():
        return findings(asked, BLOCK, "")
    asked = (
        asked.select("row", "customer", "t", "known", "zone", asked_at="at").sort("asked_at").unique("row", keep="last")
    )
    refused = noted(docket, scope, "hardship_refusal").select("row", refused_at="at")
    met = asked.join(refused, on="row", how="left").filter(
        pl.col("refused_at").is_null() | (pl.col("refused_at") >= pl.col("asked_at"))
    )
    waiting = asked.filter(~pl.col("row").is_in(met.filter(pl.col("refused_at").is_not_null())["row"].implode()))
    answered = met.filter(pl.col("refused_at").is_not_null()).sort("refused_at").unique("row", keep="last")
    parts = [findings(waiting, BLOCK, "A hardship notice is not yet decided.")]
    if answered.height:
        answered = answered.with_columns(
            today=docket.local(answered, "t").dt.date(), told=docket.local(answered, "refused_at").dt.date()
        )
        free = pl.col("told").dt.offset_by(f"{numbers['refusal_days']}d")
        parts.append(
            midnight(
                docket,
                answered.filter(pl.col("today") < free),
                free,
                pl.lit(f"{numbers['refusal_days']} days from the refusal have not passed."),
            )
        )
    return pl.concat(parts)


def unwarned(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """No proceedings without a default notice that has run thirty days."""
    rows = docket.pick(scope, "debts", "zone")
    notices = noted(docket, scope, "default_notice_s88")
    none = rows.filter(~pl.col("row").is_in(notices["row"].implode()))
    parts = [findings(none, BLOCK, "No default notice (s 88) is on record.")]
    if notices.height:
        first = notices.sort("at").unique("row", keep="first")
        first = first.with_columns(today=docket.local(first, "t").dt.date(), given=docket.local(first, "at").dt.date())
        free = pl.col("given").dt.offset_by(f"{numbers['default_days']}d")
        parts.append(
            midnight(
                docket,
                first.filter(pl.col("today") < free),
                free,
                pl.lit(f"The default notice runs {numbers['default_days']} days."),
            )
        )
    return pl.concat(parts)


def nevada(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Nevada medical debt: sixty days between the mailed notice and any action."""
    rows = docket.meet(scope & (pl.col("debts").list.len() > 0), "debts", "zone", only=pl.col("kind") == "medical")
    if rows.is_empty():
        return findings(rows, BLOCK, "")
    told = noted(docket, scope, "nv_medical_notice").filter(pl.col("at").is_not_null())
    none = rows.filter(~pl.col("row").is_in(told["row"].implode()))
    parts = [findings(none, BLOCK, "Nevada asks for a mailed notice before collecting a medical debt.")]
    told = told.join(rows.select("row").unique(), on="row", how="semi")
    if told.height:
        told = told.with_columns(today=docket.local(told, "t").dt.date(), mailed=docket.local(told, "at").dt.date())
        free = pl.col("mailed").dt.offset_by(f"{numbers['days']}d")
        parts.append(
            midnight(
                docket,
                told.filter(pl.col("today") < free),
                free,
                pl.lit(f"Nevada: {numbers['days']} days from the notice have not passed."),
            )
        )
    return pl.concat(parts)


RULES: tuple[Rule, ...] = (
    Finder("UK-CONC-7.3", UK_CONSUMER & PURSUIT, ("notices",), planning),
    Finder("UK-CONC-7.10", UK_CONSUMER & OUTBOUND & TO_CONSUMER & ~pl.col("reply"), ("notices",), incapable),
    Finder("AU-NCC-HARDSHIP", AU_CONSUMER & SUIT, ("notices",), undecided),
    Finder("AU-NCC-DEFAULT", AU_CONSUMER & SUIT, (), unwarned),
    Finder("US-NV-MED60", NEVADA, ("debts",), nevada),
)
