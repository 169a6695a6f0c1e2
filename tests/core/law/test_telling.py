"""What may be written down, and which rules may be set aside: each kind, each rule."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest

from duecourse.core.facts.book import CIRCUMSTANCES
from duecourse.core.facts.circumstances import KINDS, columns, frames
from duecourse.core.facts.law import LawFacts
from duecourse.core.facts.law_schemas import SCHEMAS
from duecourse.core.law.overriding import KEPT, may_override, why_not
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.telling import NEEDED, WORDS, Untold, tell

AT = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)
SAMPLE = {pl.Boolean: True, pl.Int64: 1, pl.String: "x", pl.Date: date(2026, 6, 1), pl.Datetime: AT}
RULES = Rulebook.load(as_of=date(2026, 11, 25))


def full(kind: str) -> dict[str, object]:
    """A fact of a kind with every column."""
    data = {name: WORDS.get((kind, name), [SAMPLE[type_.base_type()]])[0] for name, type_ in columns(kind).items()}
    data |= {"tz": "Europe/London"} if kind == "locations" else {}
    data |= {"end_minute": 60} if "end_minute" in data else {}
    return data | ({"point": "home"} if kind == "consents" else {})


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_every_kind_reaches_its_frame(kind: str) -> None:
    data = tell(kind, full(kind))
    row = dict.fromkeys(CIRCUMSTANCES) | {
        "customer": 7,
        "row": 1,
        "kind": kind,
        "data": json.dumps(data),
        "via": "call",
        "at": AT,
    }
    read = frames(pl.DataFrame([row], schema=dict(CIRCUMSTANCES)))[kind]
    found = getattr(LawFacts(**{kind: read}), kind).row(0, named=True)
    assert found["customer"] == 7
    for name, value in full(kind).items():
        assert found[name] == value, name
    assert set(found) == set(SCHEMAS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_that_says_nothing_is_refused_where_it_needs_something(kind: str) -> None:
    if kind in NEEDED:
        with pytest.raises(Untold, match="needs"):
            tell(kind, {})
    else:
        assert tell(kind, {}) == {}


def test_only_policy_is_ever_set_aside() -> None:
    for rule, text in RULES.texts.items():
        assert may_override(rule, RULES) == (text.label == "policy" and rule not in KEPT), rule
        assert bool(why_not(rule, RULES)) != may_override(rule, RULES)
    assert {rule for rule in KEPT if rule not in RULES} == set()
    assert why_not("NO-SUCH-RULE", RULES) == "It is no rule in force."
