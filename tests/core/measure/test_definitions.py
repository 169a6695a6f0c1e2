"""Every figure is defined once, in the words that docs/kpis.md, the dashboard and the command line show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duecourse.core.measure.definitions import DEFINITIONS
from duecourse.core.measure.figures import figures
from duecourse.core.measure.rows import ROWS

PAGE = (Path(__file__).parents[3] / "docs" / "kpis.md").read_text(encoding="utf-8")


def test_figures_and_definitions_name_the_same_in_the_same_order() -> None:
    counted = figures({"GBP": {"debts": 1}}, date(2026, 11, 24))["GBP"]
    assert list(counted) == [d.key for d in DEFINITIONS]


def test_the_page_has_each_definition_word_for_word() -> None:
    missing = [d.key for d in DEFINITIONS if f"| {d.name} | `{d.key}` |" not in PAGE or d.formula not in PAGE]
    assert not missing


def test_rows_that_a_definition_names_exist_and_all_are_named() -> None:
    assert {d.rows for d in DEFINITIONS if d.rows} == set(ROWS) - {"roll", "causes"}  # tables, not figures
