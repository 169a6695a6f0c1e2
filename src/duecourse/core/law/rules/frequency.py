"""How often: one engine counts contacts by local days for every jurisdiction and for the house.

A limit of `max` in `days` consecutive days is kept when the act would be at most the `max`-th. Counted backwards, the
`max`-th most
recent counted contact on day D frees the next one on day D + `days`.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from duecourse.core.law.call_consent import call_open, uncounted
from duecourse.core.law.docket import DEFER, INSTANT, NOTHING, Docket, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import (
    AU_CONSUMER,
    CALLS,
    CAPITAL,
    COLLECTOR,
    CONSUMER,
    EXCLUDED,
    MESSAGES,
    OUTBOUND,
    REGF,
)

PLACED = CALLS & (pl.col("direction") == "out") & ~pl.col("result").is_in(["busy", "not_in_service"]).fill_null(False)
OURS = pl.col("by_us").fill_null(True)
STARTED = (pl.col("direction") == "out") & ~pl.col("reply").fill_null(False)
WORK = pl.col("address_kind").str.starts_with("work").fill_null(False)


def pairs(docket: Docket, scope: pl.Expr, counts: pl.Expr, per: str, days: int, limit: int = 1) -> pl.DataFrame:
    """(row, t, zone, debt, day …): each candidate in scope with each logged contact of the last `days` that counts.

    per: "debt" = the same particular debt and person; "person"; "customer". `day` is the contact's local date,
    `today` the act's. `limit`: candidates with fewer such contacts may be left out.
    """
    earliest = docket.first - timedelta(days=days + 1)
    recent = pl.col("at") >= pl.lit(earliest).cast(INSTANT)
    log = docket.facts.log.filter(recent, counts & OURS).with_row_index("_n")
    log = log.select(
        "customer",
        contact=pl.coalesce(pl.col("contact"), -1 - pl.col("_n").cast(pl.Int64)),
        person_l="person",
        debt_l="debt",
        at="at",
        point_l="point",
    )
    rows = docket.pick(scope, "zone", "person", "debts")
    if log.is_empty():
        rows = rows.head(0)
    if per == "debt":
        rows = rows.explode("debts").rename({"debts": "debt"}).with_columns(pl.col("customer").set_sorted())
        rows, log = _particular(docket, rows, "debt"), _particular(docket, log, "debt_l")
    met = rows.join(log, on="customer", maintain_order="left").filter(
        pl.col("at") <= pl.col("known"), pl.col("at") >= pl.col("t").dt.offset_by(f"-{days + 1}d")
    )
    if limit > 1:  # whoever has fewer in reach needs no closer look
        many = met.group_by("row").len().filter(pl.col("len") >= limit)
        met = met.join(many, on="row", how="semi", maintain_order="left")
    if per != "customer":
        met = met.filter(_same("person", "person_l"))
    if per == "debt":
        met = met.filter(_same("debt", "debt_l"))
    return met.with_columns(day=docket.local(met, "at").dt.date(), today=docket.local(met, "t").dt.date())


def _same(left: str, right: str) -> pl.Expr:
    """Equal, or one side names nobody in particular."""
    return pl.col(left).is_null() | pl.col(right).is_null() | (pl.col(left) == pl.col(right))


def _particular(docket: Docket, frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Student loans of one servicing account are one debt: 12 CFR 1006.14(b)(4)."""
    shared = docket.facts.debts.filter(pl.col("particular").is_not_null()).select(
        "customer", pl.col("debt").alias(column), "particular"
    )
    if shared.is_empty():
        return frame
    joined = frame.join(shared, on=["customer", column], how="left")
    return joined.with_columns(pl.coalesce(-pl.col("particular") - 1, column).alias(column)).drop("particular")


def too_often(docket: Docket, met: pl.DataFrame, key: list[str], numbers: Numbers) -> pl.DataFrame:
    """Deferrals to the first local day on which one more contact keeps to `max` in `days`."""
    limit, days = numbers["max"], numbers["days"]
    if met.height < limit:
        return findings(met.head(0), DEFER, "")
    within = met.filter(pl.col("day") > pl.col("today").dt.offset_by(f"-{days}d"))
    many = within.group_by(key).len().filter(pl.col("len") >= limit)
    once = within.join(many, on=key, how="semi", nulls_equal=True).unique([*key, "contact"], keep="any")
    full = (
        once.sort("day", descending=True)
        .group_by(key, maintain_order=True)
        .agg(
            pl.first("customer", "t", "known", "zone"),
            seen=pl.len(),
            nth=pl.col("day").get(limit - 1, null_on_oob=True),
        )
        .filter(pl.col("nth").is_not_null())
    )
    free = pl.col("nth").dt.offset_by(f"{days}d")
    return midnight(docket, full, free, pl.format(f"{{}} in {days} days; at most {limit}.", "seen"))


def midnight(docket: Docket, rows: pl.DataFrame, day: pl.Expr, detail: pl.Expr) -> pl.DataFrame:
    """Deferrals to the start of a local day."""
    if rows.is_empty():
        return findings(rows, DEFER, "")
    dated = rows.with_columns(start=day.cast(pl.Datetime("us")))
    return findings(dated.with_columns(until=docket.instant(dated, "start")), DEFER, detail, pl.col("until"))


def seven_in_seven(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """12 CFR 1006.14(b)(2)(i)(A): calls placed to a person about a particular debt."""
    if docket.facts.log.height < numbers["max"]:
        return NOTHING
    met = pairs(docket, scope & ~EXCLUDED, PLACED & pl.col("counted").fill_null(True), "debt", numbers["days"])
    free = call_open(docket, scope)
    counted = uncounted(docket, met.filter(~pl.col("row").is_in(free["row"].implode())))
    found = too_often(docket, _not_strangers(docket, counted), ["row", "debt"], numbers)
    return sooner(docket, found, scope)


def after_talk(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """12 CFR 1006.14(b)(2)(i)(B): no call within `days` consecutive days of a conversation, whoever began it; its day
    is day 1."""
    if not docket.facts.log["conversation"].any():
        return NOTHING
    talked = CALLS | (pl.col("channel") == "inbound_call_response")
    met = pairs(
        docket,
        scope & ~EXCLUDED,
        talked & pl.col("conversation").fill_null(False) & pl.col("discussed").fill_null(True),
        "debt",
        numbers["days"],
    )
    free = call_open(docket, scope)
    met = met.filter(~pl.col("row").is_in(free["row"].implode()))
    last = met.sort("day").group_by("row", maintain_order=True).last() if met.height else met
    days = numbers["days"]
    barred = last.filter(pl.col("today") < pl.col("day").dt.offset_by(f"{days}d"))
    detail = pl.format(
        f"You spoke on {{}}; no call for {days} days from that day.", pl.col("day").dt.strftime("%d %b %Y")
    )
    return sooner(docket, midnight(docket, barred, pl.col("day").dt.offset_by(f"{days}d"), detail), scope)


def sooner(docket: Docket, found: pl.DataFrame, scope: pl.Expr) -> pl.DataFrame:
    """Bring a deferral forward to a later day that the person consented to."""
    opens = call_open(docket, scope, ahead=True)
    if opens.is_empty() or found.is_empty():
        return found
    joined = found.join(opens.select("row", "opens"), on="row", how="left")
    return joined.with_columns(until=pl.min_horizontal("until", "opens")).drop("opens")


def _not_strangers(docket: Docket, met: pl.DataFrame) -> pl.DataFrame:
    """Leave out calls to a number that turned out not to be the consumer's: comment 14(b)(2)(i)-3."""
    wrong = docket.facts.points.filter(pl.col("not_theirs_at").is_not_null()).select(
        "customer", point_l="point", wrong_at="not_theirs_at"
    )
    if wrong.is_empty():
        return met
    joined = met.join(wrong, on=["customer", "point_l"], how="left")
    return joined.filter(pl.col("wrong_at").is_null() | (pl.col("wrong_at") > pl.col("known"))).drop("wrong_at")


def counter(counts: pl.Expr, per: str):  # type: ignore[no-untyped-def]
    """A rule that counts logged contacts matching `counts`, per debt, person or customer."""

    def find(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
        if docket.facts.log.height < numbers["max"]:
            return NOTHING
        key = ["row", "debt"] if per == "debt" else ["row"]
        return too_often(
            docket, pairs(docket, scope & ~pl.col("reply"), counts, per, numbers["days"], numbers["max"]), key, numbers
        )

    return find


MADE = STARTED & (
    MESSAGES
    | (
        CALLS
        & pl.col("result").is_in(
            ["answered_conversation", "answered_dropped", "voicemail_left", "voicemail_left_lcm", "ringless_voicemail"]
        )
    )
)
ANY = STARTED & ~pl.col("channel").is_in(["portal", "court_filing", "credit_bureau", "ledger"])
CALL_OR_TEXT = STARTED & (CALLS | (pl.col("channel") == "sms"))


def budget(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """The house's contact budget: all teams together, whatever the debt."""
    if docket.facts.log.height < numbers["max"]:
        return NOTHING
    counts = pl.col("channel").is_in(numbers["channels"]) & ~pl.col("purpose").is_in(numbers["exempt"]).fill_null(False)
    mine = scope & counts & ~pl.col("reply")
    met = pairs(docket, mine, STARTED & counts, "customer", numbers["days"], numbers["max"])
    return too_often(docket, met, ["row"], numbers)


LINKED = CONSUMER & OUTBOUND
RULES: tuple[Rule, ...] = (
    Finder("US-REGF-14b-FREQ", REGF & OUTBOUND & CALLS, ("log",), seven_in_seven),
    Finder("US-REGF-14b-TALK", REGF & OUTBOUND & CALLS, ("log",), after_talk),
    Finder(
        "US-MA-2IN7",
        within("US-MA") & LINKED & (CALLS | (pl.col("channel") == "sms")) & ~WORK,
        ("log",),
        counter(CALL_OR_TEXT & ~WORK, "debt"),
    ),
    Finder("US-MA-2IN30", within("US-MA") & LINKED & CALLS & WORK, ("log",), counter(CALL_OR_TEXT & WORK, "debt")),
    Finder("US-WA-3WEEK", within("US-WA") & LINKED & COLLECTOR, ("log",), counter(ANY, "person")),
    Finder("US-WA-WORK", within("US-WA") & LINKED & COLLECTOR & WORK, ("log",), counter(ANY & WORK, "person")),
    Finder("US-DC-4IN7", CAPITAL & OUTBOUND & CALLS, ("log",), counter(PLACED, "debt")),
    Finder("US-NYC-FREQ", within("US-NY-NYC") & LINKED & COLLECTOR, ("log",), counter(ANY, "person")),
    Finder("AU-RG96-FREQ", AU_CONSUMER & OUTBOUND, ("log",), counter(MADE, "debt")),
    Finder("AU-RG96-FREQ-MONTH", AU_CONSUMER & OUTBOUND, ("log",), counter(MADE, "debt")),
    Finder("HOUSE-BUDGET", OUTBOUND, ("log",), budget),
    Finder("HOUSE-CALL-PACE", OUTBOUND & (pl.col("channel") == "phone_call"), ("log",), counter(PLACED, "customer")),
)
