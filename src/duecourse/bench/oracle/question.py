"""The same worlds asked of the gate: the only part of the oracle that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from duecourse.bench.oracle.worlds import World
from duecourse.core.law.gate import LawFacts, Rulebook, gate

INSTANT = pl.Datetime("us", "UTC")
RULES = Rulebook.load(as_of=date(2026, 3, 1))


def facts(asked: Sequence[World]) -> LawFacts:
    """Everything known, one customer a world."""
    numbered = list(enumerate(asked))
    where = [(n, zone, place) for n, w in numbered for zone, place in w.places]
    out = [
        (n, None if days is None else sum(1 << d for d in days), a, b) for n, w in numbered for days, a, b in w.dislikes
    ]
    log = [
        (n, contact, debt, p.channel, "in" if p.inbound else "out", p.at, p.result, p.talk, p.purpose, p.work, p.reply)
        for n, w in numbered
        for contact, p in enumerate(w.past)
        for debt in (p.debts or (None,))
    ]
    return LawFacts(
        locations=pl.DataFrame(where, schema=["customer", "tz", "jurisdiction"], orient="row"),
        preferences=_frame(out, customer=pl.Int64, days=pl.Int64, start_minute=pl.Int64, end_minute=pl.Int64),
        suppressions=_frame(
            [(n, medium, since) for n, w in numbered for medium, since in w.stops], customer=pl.Int64, medium=pl.String, at=INSTANT
        ),
        consents=_frame(
            [(n, kind, "collector") for n, w in numbered for kind in sorted(w.consents)],
            customer=pl.Int64,
            kind=pl.String,
            given_to=pl.String,
        ),
        holds=_frame(
            [(n, "review", until) for n, w in numbered for until in w.holds], customer=pl.Int64, kind=pl.String, until=INSTANT
        ),
        log=_frame(
            log, customer=pl.Int64, contact=pl.Int64, debt=pl.Int64, channel=pl.String, direction=pl.String, at=INSTANT, result=pl.String,
            conversation=pl.Boolean, purpose=pl.String, work=pl.Boolean, reply=pl.Boolean,
        ).with_columns(address_kind=pl.when("work").then(pl.lit("work_landline")).otherwise(pl.lit("mobile"))).drop("work"),
    )  # fmt: skip


def _frame(rows: list[tuple[object, ...]], **schema: object) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")  # type: ignore[arg-type]


def answers(asked: Sequence[World], known: LawFacts, *, rules: Rulebook = RULES) -> pl.DataFrame:
    """The gate's answers in order. Whether an address may be used at all is not asked: `safe_harbour` false."""
    frame = pl.DataFrame(
        {
            "candidate": range(len(asked)),
            "customer": range(len(asked)),
            "channel": [w.channel for w in asked],
            "business": [w.business for w in asked],
            "collector": ["third_party" if w.agency else "first_party" for w in asked],
            "address_kind": ["work_landline" if w.work else "mobile" for w in asked],
            "purpose": [w.purpose for w in asked],
            "debts": [list(w.debts) for w in asked],
            "in_response_to": ["their message" if w.answers else None for w in asked],
            "at": pl.Series([w.at for w in asked], dtype=INSTANT),
        },
        schema_overrides={"in_response_to": pl.String},
    ).with_columns(safe_harbour=pl.lit(False))
    house = pl.Series([w.house for w in asked], dtype=pl.Boolean)
    both = [gate(frame.filter(house == on), known, rules=rules, house=on) for on in (True, False)]
    return pl.concat(both).sort("candidate")
