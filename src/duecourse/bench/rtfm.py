"""`bench rtfm FILE`: 150,370 traffic fines replayed, and what our facts and our decision say where the authority acted.

FILE is a flat event log (case, activity, timestamp, amount, expense, paymentAmount, dismissal) of the Road Traffic Fine
Management Process (de Leoni and Mannhardt, doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5). What is owed is the
fine, or the penalty in its place, and the expenses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl

from duecourse.bench.measure import Measured
from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import packaged
from duecourse.core.facts.book import SCHEMAS, Book
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.whole import whole

APPEALS = ("Insert Date Appeal to Prefecture", "Send Appeal to Prefecture", "Appeal to Judge")
ANSWERS = ("Receive Result Appeal from Prefecture", "Notify Result Appeal to Offender")
ACT, AT = pl.col("activity"), pl.col("timestamp")


def run(measured: Measured, progress: Callable[[str], None], file: Path) -> None:
    """Fills `measured`; needs no database."""
    with measured.stage("read"):
        events = read(file)
    with measured.stage("replay"):
        measured.rows.update(figures(events))
    with measured.stage("decide"):
        # Italy's law is not in the rulebook, so the gate refuses all; the second answer is for a place that it covers.
        for country in ("IT", "GB"):
            found = said(events, country, progress)
            measured.more[f"our_decision_on_the_day_of_collection_{country}"] = dict(found.most_common())


def read(file: Path) -> pl.DataFrame:
    """Events in cents and dates, with a whole number for each case."""
    rows = pl.read_csv(file, try_parse_dates=True)
    cents = [(pl.col(c) * 100).round().cast(pl.Int64).alias(c) for c in ("amount", "expense", "paymentAmount")]
    return rows.with_columns(*cents, id=pl.col("case").rank("dense").cast(pl.Int64))


def cases(events: pl.DataFrame) -> pl.DataFrame:
    """One row a case, from the events given: owed, paid, and the dates of its turns."""
    return events.group_by("id").agg(
        created=AT.filter(ACT == "Create Fine").min(),
        fine=pl.col("amount").filter(ACT == "Create Fine").max().fill_null(0),
        expense=pl.col("expense").max().fill_null(0),
        penalty=pl.col("amount").filter(ACT == "Add penalty").max().fill_null(0),
        penalty_on=AT.filter(ACT == "Add penalty").min(),
        paid=pl.col("paymentAmount").sum(),
        first_paid=AT.filter(ACT == "Payment").min(),
        sent_on=AT.filter(ACT == "Send for Credit Collection").min(),
        appealed=ACT.is_in(APPEALS).any() & ~ACT.is_in(ANSWERS).any(),
    ).with_columns(owed=pl.max_horizontal("fine", "penalty") + pl.col("expense"))  # fmt: skip


def figures(events: pl.DataFrame) -> dict[str, int]:
    """The process as it was."""
    c = cases(events)
    sent, all_paid = pl.col("sent_on").is_not_null(), pl.col("paid") >= pl.col("owed")
    partly = (pl.col("paid") > 0) & ~all_paid
    before = events.join(c.select("id", "penalty_on"), on="id").filter(pl.col("penalty_on") > AT)
    settled_first = cases(before).filter((pl.col("paid") > 0) & (pl.col("paid") >= pl.col("fine") + pl.col("expense")))
    return {
        "cases": c.height,
        "sent_to_collection": c.filter(sent).height,
        "penalty_after_a_payment": c.filter(pl.col("penalty_on") > pl.col("first_paid")).height,
        "penalty_after_all_that_was_asked_was_paid": settled_first.height,
        "fully_paid_yet_sent": c.filter(sent, all_paid).height,
        "partly_paid_never_sent": c.filter(~sent, partly).height,
    }


def said(events: pl.DataFrame, country: str, progress: Callable[[str], None]) -> Counter[str]:
    """Why → cases, as our decision says it of those sent, on each day of sending, from what was known by then."""
    found: Counter[str] = Counter()
    days = events.filter(ACT == "Send for Credit Collection").group_by(day=AT).agg("id").sort("day")
    for day, ids in days.iter_rows():
        progress(f"collection of {day}: {len(ids):,} cases")
        known = events.filter(pl.col("id").is_in(ids), day >= AT)
        decisions = decide(
            book(cases(known), day, country), playbook=packaged("plain@1"), rules=Rulebook.load(as_of=day)
        )
        found.update(dict(decisions["why"].value_counts().iter_rows()))
    return found


def book(known: pl.DataFrame, day: date, country: str) -> Book:
    """The facts of these cases at ten in the morning of a day; each fine is due on the day it was made."""
    at = datetime.combine(day, time(10), UTC)
    one = pl.lit(1)
    frames = {
        "creditors": pl.DataFrame(
            {"creditor": [1], "timezone": ["Europe/Rome"], "country": [country], "agency": [False]}
        ),
        "customers": known.select(customer="id", shard=pl.lit(0), creditor=one, person=pl.lit(True)),
        "debts": known.select(
            debt="id",
            customer="id",
            currency=pl.lit("EUR"),
            open=(pl.col("owed") - pl.col("paid")).clip(lower_bound=0),
            due="created",
            round=one,
            closed=pl.when(pl.col("paid") >= pl.col("owed")).then(pl.lit(day)),
        ),
        "points": known.select(point="id", customer="id", kind=pl.lit("email"), rank=one),
        "holds": known.filter("appealed").select(customer="id", debt="id", kind=pl.lit("dispute")),
    }
    return Book.of(at, **{name: whole(frame, SCHEMAS[name]) for name, frame in frames.items()})
