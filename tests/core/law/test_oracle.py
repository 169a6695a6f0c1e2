"""Gate against oracle over three years, and canaries that must die. In full: `duecourse law prove` (a million contacts)."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from duecourse.bench.oracle import calendar, judge
from duecourse.bench.oracle.compare import differences
from duecourse.bench.oracle.question import RULES, answers, facts
from duecourse.bench.oracle.report import told, total
from duecourse.bench.oracle.worlds import PLACES, World, worlds
from duecourse.core.law.calendars import holidays_in
from duecourse.core.law.gate import LawFacts, Rulebook
from duecourse.core.law.rules import frequency
from duecourse.interfaces.cli.law import law

CROWDED = worlds(40_000, seed=5)


def test_gate_and_oracle_agree_on_every_contact() -> None:
    asked = worlds(1500, seed=20261125)
    said = answers(asked, facts(asked))
    share = dict(said["verdict"].value_counts(normalize=True).iter_rows())
    assert share["allow"] > 0.1
    assert share["defer"] > 0.3
    assert 0.03 < share["block"] < 0.2
    found = list(differences(asked, said))
    assert [told(each) for each in found if each.kind != "beyond_reach"] == []
    assert len(found) < 0.02 * len(asked)


def test_whatever_is_deferred_passes_at_that_instant_and_not_a_minute_before() -> None:
    asked = worlds(600, seed=7)
    known = facts(asked)
    said = answers(asked, known)
    waits = [(w, a) for w, a in zip(asked, said["not_before"], strict=True) if a is not None]
    assert len(waits) > 150
    for world, first in waits:
        assert judge.allows(world, first), told(next(differences([world], said.head(1))))
        assert not any(
            judge.allows(world, first - timedelta(minutes=back))
            for back in (1, 30)
            if first - timedelta(minutes=back) > world.at
        )


def test_the_oracle_finds_the_first_minute_by_jumping() -> None:
    """Its search tries only clock times at which something can open: walking minute by minute finds none earlier."""
    deferred = [(w, first) for w in worlds(1200, seed=3) if (first := judge.verdict(w)[1])]
    near = [(w, first) for w, first in deferred if first - w.at < timedelta(hours=20)][:60]
    assert len(near) == 60
    for world, first in near:
        start = world.at.replace(second=0, microsecond=0) + timedelta(minutes=1)
        minutes = (start + timedelta(minutes=n) for n in range(20 * 60))
        assert next(m for m in minutes if judge.allows(world, m)) == first


def test_calendars_by_hand_are_the_gates_calendars() -> None:
    for _, place in PLACES:
        ours = {day for day in calendar.holidays(place) if 2026 <= day.year <= 2028}
        assert ours == {day for year in (2026, 2027, 2028) for day in holidays_in(place, year)}, place
        assert len(ours) > 20


def test_the_oracle_shares_no_code_with_the_gate() -> None:
    home = Path(judge.__file__).parent
    for file in home.glob("*.py"):
        if file.name == "question.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in getattr(node, "names", []) if isinstance(node, ast.Import)]
            )
            assert not [name for name in names if name.startswith("duecourse.core") or name == "holidays"], file.name


def caught(asked: list[World], known: LawFacts | None = None, rules: Rulebook = RULES) -> dict[str, int]:
    """What a damaged gate gets wrong."""
    said = answers(asked, known or facts(asked), rules=rules)
    return total(len(asked), {}, list(differences(asked, said)))


def damaged(rule: str, **numbers: object) -> Rulebook:
    text = RULES.texts[rule]
    return replace(RULES, texts={**RULES.texts, rule: replace(text, numbers={**text.numbers, **numbers})})


CALLS, HOUSE = ("phone_call", "voicemail"), ("HOUSE-HOURS", "HOUSE-BUDGET", "HOUSE-CALL-PACE")
REACH = {  # where a rule is most likely to be the one that binds
    "US-REGF-6b1-TIME": lambda w: w.agency and w.places[0][1] == "US-AZ",
    "UK-CONC-7.9": lambda w: w.places[0][1] == "UK" and w.channel != "letter",
    "US-CA-ROSENTHAL": lambda w: not w.agency and w.places[0][1] == "US-CA",
    "US-WA-HOURS": lambda w: w.agency and w.places[0][1] == "US-WA" and w.channel in CALLS and not w.work,
    "US-REGF-14b-FREQ": lambda w: w.agency and w.places[0][1] == "US-OH" and w.channel in CALLS,
    "US-MA-2IN7": lambda w: w.places[0][1] == "US-MA" and w.channel in (*CALLS, "sms"),
    "US-MA-2IN30": lambda w: w.places[0][1] == "US-MA" and w.work,
    "US-WA-3WEEK": lambda w: w.places[0][1] == "US-WA" and w.agency,
    "US-DC-4IN7": lambda w: w.places[0][1] == "US-DC" and w.channel in CALLS,
    "US-DC-ECOMM-5IN7": lambda w: w.places[0][1] == "US-DC" and w.channel in ("email", "sms"),
    "US-NYC-FREQ": lambda w: w.places[0][1] == "US-NY-NYC" and w.agency,
    "AU-RG96-FREQ": lambda w: w.places[0][1].startswith("AU"),
    "AU-RG96-FREQ-MONTH": lambda w: w.places[0][1].startswith("AU"),
    "HOUSE-HOURS": lambda w: w.channel != "letter",
    "HOUSE-BUDGET": lambda w: w.channel in ("email", "sms"),
    "HOUSE-CALL-PACE": lambda w: w.channel == "phone_call" and len(w.past) < 3,
}


def reached(rule: str, least: int, most: int) -> list[World]:
    """Some worlds with that many earlier contacts in which this rule may bind."""
    asked = (w for w in CROWDED if w.house == (rule in HOUSE) and not w.business and least <= len(w.past) <= most)
    return list(islice(filter(REACH[rule], asked), 250))


@pytest.mark.parametrize("rule", [rule for rule in REACH if "from_minute" in " ".join(RULES[rule].numbers)])
@pytest.mark.parametrize("minutes", [-60, 60])
def test_canary_hours_off_by_one_is_caught(rule: str, minutes: int) -> None:
    ends = {name: at + minutes for name, at in RULES[rule].numbers.items() if name.endswith("_minute")}
    wrong = caught(reached(rule, 0, 1), rules=damaged(rule, **ends))
    assert wrong["forbidden"] + wrong["wrongly_forbidden"]


def test_canary_open_on_holidays_is_caught() -> None:
    asked = [world for world in worlds(4000, seed=6) if not world.house and world.places[0][1].startswith("AU")]
    assert caught(asked, rules=damaged("AU-RG96-HOURS", holidays=False))["forbidden"]


@pytest.mark.parametrize("rule", [rule for rule in REACH if "max" in RULES[rule].numbers])
def test_canary_one_contact_too_many_is_caught(rule: str) -> None:
    most = RULES[rule].numbers["max"]
    assert caught(reached(rule, most, most + 5), rules=damaged(rule, max=most + 1))["forbidden"]


def test_canary_last_location_wins_is_caught() -> None:
    asked = [world for world in worlds(2000, seed=2) if len(world.places) > 1]
    known = facts(asked)
    last = known.locations.group_by("customer", maintain_order=True).last()
    assert caught(asked, replace(known, locations=last))["forbidden"]


def _days(monkeypatch: pytest.MonkeyPatch, counted: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    by_days = frequency.pairs
    monkeypatch.setattr(frequency, "pairs", lambda *args, **more: counted(by_days(*args, **more)))


def test_canary_counting_168_hours_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    ago = ((pl.col("t") - pl.col("at")).dt.total_hours() // 24).cast(pl.Int64)
    _days(monkeypatch, lambda met: met.with_columns(day=pl.col("today") - pl.duration(days=ago)))
    wrong = caught(reached("AU-RG96-FREQ", 3, 6)[:60])
    assert wrong["forbidden"] + wrong["wrongly_forbidden"]


def test_canary_utc_days_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    _days(monkeypatch, lambda met: met.with_columns(day=pl.col("at").dt.date(), today=pl.col("t").dt.date()))
    assert caught(reached("AU-RG96-FREQ", 3, 6))["forbidden"]


def test_the_command_tells_its_figures_and_fails_where_they_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(law, ["prove", "--contacts", "150", "--json"])
    figures = json.loads(done.stdout)
    assert (done.exit_code, figures["forbidden"], figures["wrongly_forbidden"]) == (0, 0, 0)
    assert sum(figures[verdict] for verdict in ("allow", "defer", "block")) == figures["contacts"] == 150
    monkeypatch.setattr(judge, "allows", lambda world, at: False)
    assert CliRunner().invoke(law, ["prove", "--contacts", "150"]).exit_code == 1
