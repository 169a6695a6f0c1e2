"""Gate against oracle over randomised calls: three years, twelve zones, both clock changes. And canaries that must die."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from duecourse.core.law.gate import LawFacts, Rulebook, gate
from duecourse.core.law.rules import frequency
from tests.core.law.oracle import Consumer, allows, first_allowed

ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu", "Pacific/Guam", "America/St_Johns", "America/Indiana/Knox", "America/Puerto_Rico", "Europe/London",
)  # fmt: skip
START, YEARS = datetime(2026, 1, 1, tzinfo=UTC), 3
RULES = Rulebook.load(as_of=date(2026, 1, 1))
CHANGES = [
    datetime.fromisoformat(text)
    for text in (
        "2026-03-08T07:00Z",
        "2026-11-01T06:00Z",
        "2027-03-14T09:00Z",
        "2028-02-29T12:00Z",
        "2028-11-05T06:00Z",
    )
]
Proposal = tuple[Consumer, datetime]


def proposals(count: int, seed: int) -> list[Proposal]:
    """Random consumers and instants; a third near clock changes and leap days, half of them close to a limit."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        at = START + timedelta(seconds=rng.randrange(YEARS * 365 * 86_400))
        if rng.random() < 1 / 3:
            at = rng.choice(CHANGES) + timedelta(minutes=rng.randrange(-3 * 1440, 3 * 1440))
        zones = rng.sample(ZONES, rng.choice((1, 1, 1, 2)))
        out = []
        if rng.random() < 0.3:
            start = rng.randrange(0, 1380)
            out.append(
                (rng.choice((None, {rng.randrange(7)}, {5, 6})), start, min(1440, start + rng.randrange(1, 600)))
            )
        spread = rng.choice((7, 8, 9)) * 1440
        near = rng.choice((0, 5, 6, 7, 8))
        calls = [(at - timedelta(minutes=rng.randrange(spread)), rng.random() < 0.85, False) for _ in range(near)]
        if rng.random() < 0.2:
            calls.append((at - timedelta(minutes=rng.randrange(10 * 1440)), True, True))
        made.append((Consumer(zones, out, calls), at))
    return made


def facts(made: list[Proposal], *, keep: Callable[[list[str]], list[str]] = list) -> LawFacts:
    """The same worlds as frames. `keep` lets a canary lose locations."""
    where = [(n, zone, "US") for n, (person, _) in enumerate(made) for zone in keep(person.zones)]
    out = [
        (n, None if days is None else sum(1 << d for d in days), start, end)
        for n, (person, _) in enumerate(made)
        for days, start, end in person.ruled_out
    ]
    log = [
        (n, when, "answered_conversation" if talked else "no_answer" if connected else "busy", talked)
        for n, (person, _) in enumerate(made)
        for when, connected, talked in person.calls
    ]
    instant = pl.Datetime("us", "UTC")
    return LawFacts(
        locations=pl.DataFrame(where, schema=["customer", "tz", "jurisdiction"], orient="row"),
        preferences=pl.DataFrame(
            out,
            orient="row",
            schema={"customer": pl.Int64, "days": pl.Int64, "start_minute": pl.Int64, "end_minute": pl.Int64},
        ),
        log=pl.DataFrame(
            log,
            orient="row",
            schema={"customer": pl.Int64, "at": instant, "result": pl.String, "conversation": pl.Boolean},
        ).with_columns(channel=pl.lit("phone_call"), direction=pl.lit("out"), contact=pl.int_range(pl.len())),
    )


def ask(made: list[Proposal], known: LawFacts, rules: Rulebook = RULES) -> pl.DataFrame:
    """The gate's answers, in order."""
    asked = pl.DataFrame(
        {
            "candidate": range(len(made)),
            "customer": range(len(made)),
            "at": pl.Series([at for _, at in made], dtype=pl.Datetime("us", "UTC")),
        }
    ).with_columns(channel=pl.lit("phone_call"), collector=pl.lit("third_party"))
    return gate(asked, known, rules=rules, house=False)


def disagreements(made: list[Proposal], answers: pl.DataFrame) -> list[tuple[Consumer, datetime, str, datetime | None]]:
    """Proposals on which verdict or first permitted instant differ."""
    wrong = []
    for (person, at), answer in zip(made, answers.iter_rows(named=True), strict=True):
        if allows(person, at, at):
            agreed = answer["verdict"] == "allow"
        else:
            first = first_allowed(person, at)
            agreed = (answer["verdict"], answer["not_before"]) == ("defer" if first else "block", first)
        if not agreed:
            wrong.append((person, at, answer["verdict"], answer["not_before"]))
    return wrong


def test_gate_and_oracle_agree_on_every_call() -> None:
    made = proposals(1500, seed=20261124)
    answers = ask(made, facts(made))
    share = answers["verdict"].value_counts(normalize=True)
    assert share.filter(pl.col("verdict") == "allow")["proportion"].item() > 0.1
    assert share.filter(pl.col("verdict") == "defer")["proportion"].item() > 0.3
    assert disagreements(made, answers) == []


def test_whatever_is_deferred_passes_at_that_instant() -> None:
    made = proposals(1000, seed=7)
    known = facts(made)
    answers = ask(made, known)
    freed = answers["verdict"] != "block"
    later = [(person, moment or at) for (person, at), moment in zip(made, answers["not_before"], strict=True)]
    assert freed.mean() > 0.95
    assert set(ask(later, known).filter(freed)["verdict"]) == {"allow"}


def hours_off_by_one() -> Rulebook:
    text = RULES["US-REGF-6b1-TIME"]
    shifted = replace(text, numbers={**text.numbers, "from_minute": text.numbers["from_minute"] - 60})
    return replace(RULES, texts={**RULES.texts, text.id: shifted})


def test_canary_hours_off_by_one_is_caught() -> None:
    made = proposals(200, seed=1)
    assert disagreements(made, ask(made, facts(made), hours_off_by_one()))


def test_canary_last_location_wins_is_caught() -> None:
    made = proposals(200, seed=2)
    assert disagreements(made, ask(made, facts(made, keep=lambda zones: zones[-1:])))


def test_canary_counting_168_hours_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    by_days = frequency.pairs

    def by_hours(*args: object, **more: object) -> pl.DataFrame:
        met = by_days(*args, **more)  # type: ignore[arg-type]
        ago = ((pl.col("t") - pl.col("at")).dt.total_hours() // 24).cast(pl.Int64)
        return met.with_columns(day=pl.col("today") - pl.duration(days=ago))

    monkeypatch.setattr(frequency, "pairs", by_hours)
    made = proposals(200, seed=3)
    assert disagreements(made, ask(made, facts(made)))


def test_canary_utc_days_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    by_days = frequency.pairs

    def in_utc(*args: object, **more: object) -> pl.DataFrame:
        return by_days(*args, **more).with_columns(day=pl.col("at").dt.date(), today=pl.col("t").dt.date())  # type: ignore[arg-type]

    monkeypatch.setattr(frequency, "pairs", in_utc)
    made = proposals(200, seed=4)
    assert disagreements(made, ask(made, facts(made)))
