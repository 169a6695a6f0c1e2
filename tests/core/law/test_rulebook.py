"""The rulebook: dated, sourced, complete; gaps and overlaps are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duecourse.core.law.rulebook import Rulebook, RulebookError, _entries, current
from duecourse.core.law.rules import RULES

TODAY = Rulebook.load(as_of=date(2026, 11, 24))


def test_every_rule_has_a_text_and_every_text_a_rule() -> None:
    assert {rule.id for rule in RULES} == set(_entries())


def test_every_rule_is_in_force_today_and_names_its_source() -> None:
    assert set(TODAY.texts) == set(_entries())
    assert [key for key, text in TODAY.texts.items() if not (text.source and text.citation and text.title)] == []


def test_labels_say_what_is_law_and_what_is_policy() -> None:
    for key, text in TODAY.texts.items():
        assert (text.label == "policy") == key.startswith(("HOUSE-", "SCOPE-")), key


def test_a_rule_is_not_in_force_before_its_first_day() -> None:
    assert "US-REGF-14b-FREQ" not in Rulebook.load(as_of=date(2021, 11, 29))
    assert "US-REGF-14b-FREQ" in Rulebook.load(as_of=date(2021, 11, 30))


def test_what_changed_between_two_dates() -> None:
    before = Rulebook.load(as_of=date(2026, 2, 4))
    changes = TODAY.changes(before)
    assert [(change.id, change.before) for change in changes] == [("UK-GDPR-ADM", None)]
    assert TODAY.changes(Rulebook.load(as_of=date(2026, 11, 23))) == []
    assert TODAY.fingerprint == Rulebook.load(as_of=date(2026, 11, 23)).fingerprint != before.fingerprint


def version(start: str, until: str | None = None, **more: Any) -> dict[str, Any]:
    dates = {"from": date.fromisoformat(start)} | ({"until": date.fromisoformat(until)} if until else {})
    return dates | {"source": "a source"} | more


def entry(*versions: dict[str, Any], label: str = "law") -> dict[str, Any]:
    return {"title": "t", "label": label, "citation": "c", "versions": list(versions)}


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (
            entry(version("2020-01-01", "2021-01-01"), version("2022-01-01")),
            "no version covers 2021-01-01 to 2022-01-01",
        ),
        (entry(version("2020-01-01", "2021-06-01"), version("2021-01-01")), "overlap"),
        (entry(version("2021-01-01"), version("2020-01-01")), "overlap"),
        (entry(), "at least one version"),
        (entry(version("2020-01-01"), label="hearsay"), "needs a label"),
        (entry({"from": date(2020, 1, 1)}), "names no source"),
    ],
)
def test_a_rule_file_that_cannot_be_trusted_is_refused(rule: dict[str, Any], fault: str) -> None:
    with pytest.raises(RulebookError, match=fault):
        current("X", rule, date(2025, 1, 1))


def test_the_version_of_the_day_is_read() -> None:
    rule = entry(version("2020-01-01", max=7), version("2022-01-01", "2023-01-01", max=3, citation="new"))
    days = {date(2019, 12, 31): None, date(2021, 12, 31): 7, date(2022, 1, 1): 3, date(2023, 1, 1): None}
    for day, limit in days.items():
        text = current("X", rule, day)
        assert (text.numbers["max"] if text else None) == limit
    assert current("X", rule, date(2022, 12, 31)).citation == "new"  # type: ignore[union-attr]


def test_only_house_numbers_may_be_set() -> None:
    with pytest.raises(RulebookError, match="is law"):
        TODAY.with_numbers("US-REGF-14b-FREQ", max=9)
    with pytest.raises(RulebookError, match="has no number 'maximum'"):
        TODAY.with_numbers("HOUSE-BUDGET", maximum=3)
