"""House rules: quiet hours, holds, complaints, stale data. Policy, labelled as such; the law is in the other files."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, DEFER, NOTHING, Docket, findings
from duecourse.core.law.rule import Finder, Flag, Numbers, Rule
from duecourse.core.law.rules.hours import hours_of, told
from duecourse.core.law.rules.wording import NEVER, SEIZES, SUES, any_claim, on
from duecourse.core.law.scopes import CONSUMER, CONTACT, OUTBOUND, REGF
from duecourse.core.law.windows import Hours


def quiet(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Outside the house's hours: evenings, quiet days and public holidays where the person is."""
    parts = []
    awaited = pl.col("purpose").is_in(numbers["exempt"]).fill_null(False)
    scope = scope & ~awaited & ~pl.col("reply") & pl.col("channel").is_in(numbers["channels"])
    for who, test in (("consumer_", CONSUMER), ("business_", ~CONSUMER)):
        rows = docket.pick(scope & test, "places", "zone")
        if rows.height:
            hours = Hours(hours_of(numbers, who).week, holidays=True)
            parts.append(told(docket, docket.closed(rows, hours), "{} there is outside house hours."))
    return pl.concat(parts) if parts else NOTHING


def on_hold(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """A hold on the customer, or on a debt that the act is about. A review date in reach defers; an open end blocks."""
    exempt = pl.col("purpose").is_in(numbers["exempt"]).fill_null(False)
    met = docket.meet(scope & ~exempt & ~pl.col("reply"), "holds").filter(
        ~pl.col("kind").is_in(["complaint", "ticket"]).fill_null(False)
    )
    return _until(met, pl.format("On hold: {}.", pl.col("reason").fill_null(pl.col("kind").fill_null("hold"))))


def complaining(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """An open complaint or service ticket pauses everything that asks for money."""
    asks = pl.col("purpose").is_null() | ~pl.col("purpose").is_in(
        ["service", "service_reply", "payment_receipt", "confirm_opt_out", "security"]
    )
    met = docket.meet(scope & asks & ~pl.col("reply"), "holds").filter(pl.col("kind").is_in(["complaint", "ticket"]))
    return _until(met, pl.format("An open {} comes first.", pl.col("kind")))


def _until(met: pl.DataFrame, detail: pl.Expr) -> pl.DataFrame:
    ended = met.filter(pl.col("until").is_not_null())
    return pl.concat(
        [
            findings(met.filter(pl.col("until").is_null()), BLOCK, detail),
            findings(ended, DEFER, detail, pl.col("until")),
        ]
    )


def stale(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """The creditor's ledger was last refreshed too long ago to chase anybody on it."""
    limit = pl.col("fresh_at").dt.offset_by(f"{numbers['hours']}h")
    latest = docket.c.select(pl.col("known").max()).item()
    old = docket.facts.creditors.filter(limit < latest).select("creditor", "fresh_at")
    if old.is_empty():
        return NOTHING
    exempt = pl.col("purpose").is_in(numbers["exempt"]).fill_null(False)
    rows = docket.pick(scope & ~exempt, "creditor").join(old, on="creditor").filter(pl.col("known") > limit)
    from_when = pl.col("fresh_at").dt.strftime("%d %b %Y %H:%M UTC")
    return findings(rows, BLOCK, pl.format("Ledger data is from {}. Import it again first.", from_when))


ELSEWHERE = CONTACT & ~REGF  # where Regulation F does not already say so
RULES: tuple[Rule, ...] = (
    on("HOUSE-WORDING", ELSEWHERE, "obscene", "Abusive language."),
    on("HOUSE-WORDING", ELSEWHERE, "threatens_violence", "A threat of harm."),
    on("HOUSE-WORDING", ELSEWHERE, "simulates_court_document", "It looks like a court document."),
    Flag(
        "HOUSE-WORDING",
        ELSEWHERE,
        ("claims", "action_intended"),
        lambda _: any_claim(f"{SUES}|{SEIZES}") & ~pl.col("action_intended").fill_null(False),
        "It threatens a step that nobody approved.",
    ),
    Flag("HOUSE-WORDING", ELSEWHERE, ("claims",), lambda _: any_claim(NEVER), "It makes a claim that is never true."),
    Finder("HOUSE-HOURS", OUTBOUND, (), quiet),
    Finder("HOUSE-HOLD", CONTACT, ("holds",), on_hold),
    Finder("HOUSE-COMPLAINT", CONTACT, ("holds",), complaining),
    Finder("HOUSE-STALE", CONTACT, ("creditors",), stale, lasting=True),
)
