"""`bench gate`: every rule over a seeded book of candidates, beside twenty bare Polars rules on the same frame.

The book is mixed: businesses and consumers, first and third party, six countries' zones, one customer in twenty with two
conflicting locations, three weeks of contacts, some holds, disputes, opt-outs, preferences and consents.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl

from duecourse.bench.measure import Measured, forget_peak
from duecourse.core.law.gate import LawFacts, Rulebook, gate

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PLACES = (
    ("America/New_York", "US-OH"),
    ("America/Chicago", "US-TX"),
    ("America/Los_Angeles", "US-CA"),
    ("Europe/London", "UK"),
    ("Europe/Berlin", "EU-DE"),
    ("Australia/Sydney", "AU-NSW"),
)
NOTICES = (
    "Reply STOP to stop texts to this telephone number.",
    "Click here to stop emails to this address: https://d.example/stop",
)
ONE_BY_ONE = 200


def run(measured: Measured, progress: Callable[[str], None]) -> None:
    """Fills `measured`; needs no database."""
    rules = Rulebook.load(as_of=NOW.date())
    progress("candidates and facts")
    asked, facts = candidates(measured.customers, measured.seed), book(measured.customers, measured.seed)
    gate(asked.head(100), facts, rules=rules)  # zones and calendars are laid out once a process
    _reference(measured, "before", asked)
    forget_peak()
    progress("the gate")
    with measured.stage("gate"):
        answers = gate(asked, facts, rules=rules)
    _reference(measured, "after", asked)
    measured.rows["candidates"] = answers.height
    for verdict, count in answers["verdict"].value_counts().iter_rows():
        measured.rows[verdict] = count
    # Two runs of the reference against one of the gate: the ratio is to their mean.
    mean = sum(measured.reference.values()) / len(measured.reference)
    measured.more["ratio_to_one_reference"] = round(measured.stages["gate"] / mean, 2)
    progress("one customer at a time")
    measured.more["one_customer_ms"] = _one_by_one(asked, facts, rules)


def candidates(count: int, seed: int) -> pl.DataFrame:
    """One act a customer."""
    n = pl.int_range(count, eager=True).alias("customer")
    return n.to_frame().select(
        "customer",
        candidate="customer",
        creditor=pl.col("customer") % 50,
        channel=_cycle(("email", "sms", "phone_call", "letter"), pl.col("customer") + seed),
        business=pl.col("customer") % 2 == 0,
        collector=_cycle(("first_party", "third_party"), pl.col("customer") // 2),
        debts=pl.concat_list("customer"),
        purpose=_cycle(("reminder", "reminder", "service"), pl.col("customer") // 3),
        point=pl.format("p{}", "customer"),
        optout_notice=_cycle(NOTICES, pl.col("customer") // 5),
        says_attempt_to_collect=pl.col("customer") >= 0,
        demands_payment=pl.col("customer") % 3 > 0,
        # One dispatch takes an hour. No column is a constant: Polars would judge that once instead of a million times.
        at=pl.lit(NOW) + pl.duration(seconds=pl.col("customer") % 3600),
    )


def book(count: int, seed: int) -> LawFacts:
    """Facts of the same customers."""
    n = pl.int_range(count, eager=True).alias("customer")
    every = n.to_frame()
    place = (pl.col("customer") + seed) % len(PLACES)
    here = every.select("customer", tz=_pick(0, place), jurisdiction=_pick(1, place))
    moved = here.filter(pl.col("customer") % 20 == 0).with_columns(
        tz=pl.lit("America/Denver"), jurisdiction=pl.lit("US-CO")
    )
    some = {step: every.filter(pl.col("customer") % step == 0) for step in (25, 50, 60)}
    log = every.select(
        customer=pl.col("customer") * 3 % count,
        contact="customer",
        debt=pl.col("customer") * 3 % count,
        at=pl.lit(NOW) - pl.duration(hours=pl.col("customer") % 500 + 1),
        channel=_cycle(("phone_call", "email", "sms"), pl.col("customer")),
        direction=pl.lit("out"),
        result=pl.lit("no_answer"),
    )
    return LawFacts(
        locations=pl.concat([here, moved]),
        log=log,
        suppressions=some[25].with_columns(medium=pl.lit("sms")),
        preferences=every.filter(pl.col("customer") % 40 == 7).with_columns(
            start_minute=pl.lit(0), end_minute=pl.lit(720)
        ),
        holds=some[50].with_columns(kind=pl.lit("review"), reason=pl.lit("asked for time")),
        disputes=some[60].with_columns(
            kind=pl.lit("dispute"), written=pl.lit(True), at=pl.lit(NOW) - pl.duration(days=9)
        ),
        consents=every.with_columns(kind=pl.lit("email"), given_to=pl.lit("collector")),
        debts=every.with_columns(debt="customer", kind=pl.lit("invoice"), status=pl.lit("open")),
        creditors=pl.DataFrame(
            {"creditor": range(50), "tz": "Europe/London", "jurisdiction": "UK", "fresh_at": [NOW] * 50}
        ),
    )


def _cycle(words: tuple[str, ...], by: pl.Expr) -> pl.Expr:
    return (by % len(words)).replace_strict(range(len(words)), words, return_dtype=pl.String)


def _pick(side: int, place: pl.Expr) -> pl.Expr:
    return place.replace_strict(range(len(PLACES)), [each[side] for each in PLACES], return_dtype=pl.String)


def bare_rules() -> list[pl.Expr]:
    """Twenty rules of the kinds that a gate has, on columns alone: no facts, no reasons, no next instant."""
    hours = [pl.col("at").dt.convert_time_zone(tz).dt.hour() for tz, _ in PLACES]
    return [
        *(~hour.is_between(8, 20) for hour in hours),
        pl.col("at").dt.weekday() > 6,
        (pl.col("channel") == "sms") & ~pl.col("optout_notice").str.contains("STOP"),
        (pl.col("channel") == "email") & pl.col("optout_notice").is_null(),
        pl.col("channel").is_in(["postcard", "social"]),
        ~pl.col("says_attempt_to_collect"),
        ~pl.col("business") & (pl.col("collector") == "third_party") & (pl.col("customer") % 97 == 0),
        pl.col("debts").list.len() == 0,
        pl.col("debts").list.contains(-1),
        pl.col("purpose").is_in(["marketing", "commercial"]),
        pl.col("point").is_null(),
        pl.col("point").str.starts_with("q"),
        pl.col("creditor").is_in([51, 52, 53]),
        pl.col("demands_payment") & (pl.col("customer") % 101 == 0),
        pl.col("at").dt.date() < datetime(2026, 1, 1, tzinfo=UTC).date(),
    ]


def _reference(measured: Measured, name: str, asked: pl.DataFrame) -> None:
    started = time.perf_counter()
    asked.lazy().filter(~pl.any_horizontal(bare_rules())).collect()
    measured.reference[name] += time.perf_counter() - started


def _one_by_one(asked: pl.DataFrame, facts: LawFacts, rules: Rulebook) -> dict[str, float]:
    """Median and 99th percentile of single candidates, each with its customer's own facts, in milliseconds."""
    frames = {name: frame for name, frame in vars(facts).items() if "customer" in frame.columns}
    took = []
    for customer in range(0, min(asked.height, ONE_BY_ONE * 7), 7):
        own = {name: frame.filter(pl.col("customer") == customer) for name, frame in frames.items()}
        mine, one = LawFacts(**own, creditors=facts.creditors), asked.filter(pl.col("customer") == customer)
        started = time.perf_counter()
        gate(one, mine, rules=rules)
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return {"median": round(took[len(took) // 2], 2), "p99": round(took[int(len(took) * 0.99)], 2)}
