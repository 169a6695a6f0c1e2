"""May this email address or number be used at all? 12 CFR 1006.6(d)(4)-(5), 1006.22(f)(3); New York; D.C.; TCPA."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, NOTHING, Docket, bound, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.rules.email_basis import limbs
from duecourse.core.law.rules.frequency import OURS, counter, midnight
from duecourse.core.law.scopes import CAPITAL, COLLECTOR, CONSUMER, MESSAGES, OUTBOUND, REGF, US, purpose


def unqualified_email(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """No limb of 1006.6(d)(4) holds; a creditor's opt-out period that still runs defers to the day after it."""
    rows = docket.pick(scope, "person", "point", "debts", "zone")
    if rows.is_empty():
        return NOTHING
    met = limbs(docket, rows)
    left = rows.filter(~pl.col("row").is_in(met.filter("holds")["row"].implode()))
    running = left.join(met.filter(~pl.col("holds")).group_by("row").agg(pl.col("opens_on").min()), on="row")
    never = left.filter(~pl.col("row").is_in(running["row"].implode()))
    return pl.concat(
        [
            findings(never, BLOCK, "No basis is on record for using this email address about the debt."),
            midnight(docket, running, pl.col("opens_on"), pl.lit("The creditor's opt-out period is still running.")),
        ]
    )


def unqualified_number(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """1006.6(d)(5): the consumer texted from it or consented, and within 60 days did so again or the number was
    checked."""
    rows = docket.pick(scope, "person", "point", "debts", "zone")
    if rows.is_empty():
        return NOTHING
    given = docket.facts.consents.filter(pl.col("kind") == "sms", pl.col("given_to") == "collector")
    agreed = bound(rows.join(given, on="customer", suffix="_f"), ["person", "point"], given.columns).select(
        "row", basis_at="at"
    )
    texts = docket.facts.log.filter(pl.col("direction") == "in", pl.col("channel") == "sms", OURS)
    texts = texts.select("customer", "person", "point", "at")
    wrote = bound(rows.join(texts, on="customer", suffix="_f"), ["person", "point"], texts.columns).select(
        "row", basis_at="at"
    )
    based = pl.concat([agreed, wrote]).group_by("row").agg(pl.col("basis_at").max())
    checks = docket.facts.number_checks.filter(~pl.col("reassigned").fill_null(True))
    checked = bound(rows.join(checks, on="customer", suffix="_f"), ["point"], checks.columns).select(
        "row", check_at="at"
    )
    newest = based.join(checked.group_by("row").agg(pl.col("check_at").max()), on="row", how="left").with_columns(
        proof_at=pl.when(pl.col("check_at") >= pl.col("basis_at")).then("check_at").otherwise("basis_at")
    )
    dated = rows.join(newest.filter(pl.col("proof_at").is_not_null()), on="row")
    dated = dated.with_columns(
        today=docket.local(dated, "t").dt.date(), proof_on=docket.local(dated, "proof_at").dt.date()
    )
    fresh = dated.filter((pl.col("today") - pl.col("proof_on")).dt.total_days() <= numbers["days"])
    return findings(
        rows.filter(~pl.col("row").is_in(fresh["row"].implode())),
        BLOCK,
        f"No text or consent from this number, and no reassignment check, in the last {numbers['days']} days.",
    )


def employer_email(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Known to be the employer's: only limbs (i) and (iii) of 1006.6(d)(4) allow it."""
    rows = docket.pick(scope, "person", "point", "debts", "zone")
    met = limbs(docket, rows).filter("holds", pl.col("limb") != "ii")
    return findings(
        rows.filter(~pl.col("row").is_in(met["row"].implode())), BLOCK, "The employer provides this email address."
    )


def without(kind: str, says: str):  # type: ignore[no-untyped-def]
    """A rule that blocks where no live consent of this kind is on record."""

    def find(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
        rows = docket.pick(scope, "person", "point", "debts")
        given = docket.facts.consents.filter(pl.col("kind") == kind)
        held = bound(rows.join(given, on="customer", suffix="_f"), ["person", "point"], given.columns)["row"]
        return findings(rows.filter(~pl.col("row").is_in(held.implode())), BLOCK, says)

    return find


HELD, UNSAID = pl.col("safe_harbour").fill_null(False), pl.col("safe_harbour").is_null()
MAIL_TO_THEM = REGF & OUTBOUND & (pl.col("channel") == "email") & pl.col("to_consumer")
TEXT_TO_THEM = REGF & OUTBOUND & (pl.col("channel") == "sms") & pl.col("to_consumer")


def by_house(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """The house keeps the procedures of 1006.6(d)(3) wherever the act does not say that it need not."""
    by_mail = unqualified_email(docket, scope & (pl.col("channel") == "email"), numbers)
    return pl.concat([by_mail, unqualified_number(docket, scope & (pl.col("channel") == "sms"), numbers)])


DC = CAPITAL & OUTBOUND & MESSAGES
ASKING = purpose("ask_for_consent")
ROBOTIC = pl.col("robotic")
RULES: tuple[Rule, ...] = (
    Finder("US-REGF-6d4-EMAIL", MAIL_TO_THEM & HELD, (), unqualified_email),
    Finder("US-REGF-6d5-SMS", TEXT_TO_THEM & HELD, (), unqualified_number),
    Finder("HOUSE-SAFE-HARBOUR", (MAIL_TO_THEM | TEXT_TO_THEM) & UNSAID, (), by_house),
    Finder(
        "US-REGF-22f3-WORKMAIL",
        REGF
        & OUTBOUND
        & (pl.col("channel") == "email")
        & pl.col("address_kind").str.contains("employer|work").fill_null(False),
        (),
        employer_email,
    ),
    Finder(
        "US-NY-EMAIL",
        within("US-NY") & CONSUMER & COLLECTOR & OUTBOUND & (pl.col("channel") == "email"),
        (),
        without("ny_email", "New York asks for a volunteered private address and written consent for this debt."),
    ),
    Finder(
        "US-DC-ECOMM",
        DC & ~ASKING & ~pl.col("reply"),
        (),
        without("electronic", "D.C. asks for consent before emails and texts."),
    ),
    Finder(
        "US-DC-ECOMM-ASK",
        DC & ASKING,
        ("log",),
        counter(
            MESSAGES & (pl.col("direction") == "out") & (pl.col("purpose") == "ask_for_consent").fill_null(False),
            "person",
        ),
    ),
    Finder("US-DC-ECOMM-5IN7", DC & ~ASKING, ("log",), counter(MESSAGES & (pl.col("direction") == "out"), "debt")),
    Finder(
        "US-TCPA", US & OUTBOUND & ROBOTIC, (), without("tcpa", "No consent to automated calls or texts is on record.")
    ),
)
