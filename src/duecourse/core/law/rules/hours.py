"""Hours: when a consumer may be contacted where they are, and the times they ruled out themselves."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import DEFER, INSTANT, Docket, findings
from duecourse.core.law.locating import within
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.scopes import (
    AU_CONSUMER,
    CALIFORNIA,
    CALLS,
    COLLECTOR,
    CONSUMER,
    OUTBOUND,
    REGF,
    TO_CONSUMER,
    UK_CONSUMER,
)
from duecourse.core.law.time_consent import consented
from duecourse.core.law.windows import Hours

ANSWERS = pl.col("reply") & (pl.col("asked_at").is_null() | (pl.col("asked_at").dt.offset_by("1d") > pl.col("t")))
PERMITTED = pl.col("court_permission").fill_null(False)


def hours_of(numbers: Numbers, who: str = "") -> Hours:
    """The opening hours that a rule's numbers describe."""
    if "week" in numbers:
        return Hours(tuple(tuple(day) if day else None for day in numbers["week"]), numbers.get("holidays", False))
    days = numbers.get(f"{who}days", range(7))
    return Hours.daily(
        numbers[f"{who}from_minute"], numbers[f"{who}to_minute"], days=days, holidays=numbers.get("holidays", False)
    )


def outside(docket: Docket, scope: pl.Expr, numbers: Numbers) -> pl.DataFrame:
    """Outside the permitted hours in at least one place where the consumer may be."""
    rows = disturbing(
        docket, docket.pick(scope & ~ANSWERS & ~PERMITTED, "places", "zone", "person", "debts", "channel")
    )
    if rows.is_empty():
        return findings(rows, DEFER, "")
    shut = consented(docket, docket.closed(rows, hours_of(numbers)))
    return told(docket, shut, "It is {} where the customer is, outside the permitted hours.")


def disliked(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Inside a time that the consumer, or the creditor's file, called inconvenient."""
    met = disturbing(docket, docket.meet(scope & ~ANSWERS & ~PERMITTED, "preferences", "zone", "debts", "channel"))
    if met.is_empty():
        return findings(met, DEFER, "")
    local = met.with_columns(wall=docket.local(met, "t")).with_columns(
        minute=pl.col("wall").dt.hour().cast(pl.Int64) * 60 + pl.col("wall").dt.minute(),
        day=pl.col("wall").dt.date(),
    )
    bit = pl.lit(2, dtype=pl.Int64).pow(pl.col("day").dt.weekday().cast(pl.Int64) - 1)
    inside = local.filter(
        pl.col("days").is_null() | ((pl.col("days") & bit) != 0),
        (pl.col("start_minute") <= pl.col("minute")) & (pl.col("minute") < pl.col("end_minute")),
        pl.col("from_on").is_null() | (pl.col("from_on") <= pl.col("day")),
        pl.col("until_on").is_null() | (pl.col("until_on") >= pl.col("day")),
    )
    ends = inside.with_columns(end=pl.col("day").cast(pl.Datetime("us")) + pl.duration(minutes=pl.col("end_minute")))
    return told(
        docket,
        consented(docket, ends.with_columns(until=docket.instant(ends, "end"))),
        "{} there is a time the customer ruled out.",
    )


def disturbing(docket: Docket, rows: pl.DataFrame) -> pl.DataFrame:
    """Without portal notices that are shown only while the customer is looking (comment 6(b)(1)-2.iii).

    A portal notice rings nobody by itself. Where we follow visits, it may go only while one is under way.
    """
    if docket.facts.sessions.is_empty():
        return rows.filter(pl.col("channel") != "portal")
    sessions = docket.facts.sessions.rename({"at": "began", "until": "left"})
    visits = (
        rows.filter(pl.col("channel") == "portal").select("row", "customer", "t", "known").join(sessions, on="customer")
    )
    visits = visits.filter(pl.col("began") <= pl.col("known"))
    live = (pl.col("began") <= pl.col("t")) & (pl.col("left").is_null() | (pl.col("left") > pl.col("t")))
    gone = visits.group_by("row").agg(live=live.any()).filter(~pl.col("live"))["row"]
    return rows.filter((pl.col("channel") != "portal") | pl.col("row").is_in(gone.implode()))


def told(docket: Docket, rows: pl.DataFrame, sentence: str) -> pl.DataFrame:
    """Deferrals to `until`, saying the local time that was judged."""
    if rows.is_empty():
        return findings(rows.with_columns(until=pl.lit(None, dtype=INSTANT)), DEFER, "")
    timed = rows.with_columns(wall=docket.local(rows, "t"))
    return findings(timed, DEFER, pl.format(sentence, pl.col("wall").dt.strftime("%a %d %b %Y %H:%M")), pl.col("until"))


HOME_CALLS = CALLS & ~pl.col("address_kind").str.starts_with("work").fill_null(False)
RINGS = CALLS | (pl.col("channel") == "sms")

RULES: tuple[Rule, ...] = (
    Finder("US-REGF-6b1-TIME", REGF & OUTBOUND & TO_CONSUMER, (), outside),
    Finder("US-REGF-6b1-TIME", REGF & OUTBOUND & TO_CONSUMER, ("preferences",), disliked),
    Finder("US-REGF-14a-HOURS", REGF & OUTBOUND & (pl.col("recipient") == "third_party"), (), outside),
    Finder("US-CA-ROSENTHAL", CALIFORNIA & OUTBOUND & TO_CONSUMER, (), outside),
    Finder("US-CA-ROSENTHAL", CALIFORNIA & OUTBOUND & TO_CONSUMER, ("preferences",), disliked),
    Finder("US-WA-HOURS", within("US-WA") & CONSUMER & COLLECTOR & OUTBOUND & HOME_CALLS & TO_CONSUMER, (), outside),
    Finder("UK-CONC-7.9", UK_CONSUMER & OUTBOUND & (pl.col("medium") != "letter"), (), outside),
    Finder("UK-CONC-7.9", UK_CONSUMER & OUTBOUND, ("preferences",), disliked),
    Finder("AU-RG96-HOURS", AU_CONSUMER & OUTBOUND & RINGS, (), outside),
    Finder("AU-RG96-VISITS", AU_CONSUMER & OUTBOUND & (pl.col("channel") == "visit"), (), outside),
    Finder(
        "AU-RG96-WORK-HOURS",
        AU_CONSUMER & OUTBOUND & RINGS & pl.col("address_kind").str.starts_with("work").fill_null(False),
        (),
        outside,
    ),
    Finder("AU-RG96-HOURS", AU_CONSUMER & OUTBOUND, ("preferences",), disliked),
    Finder("HOUSE-PREFERENCE", OUTBOUND, ("preferences",), disliked),
)
