"""Every sample gives its golden answer, and every line of it is taken, refused or left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duecourse.connectors.importers.invoices import Parsed
from tests.connectors.importers.golden import FILES, answer, golden_of, read


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_golden_answer(path: Path) -> None:
    assert answer(read(path)) == json.loads(golden_of(path).read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_no_line_vanishes(path: Path) -> None:
    assert_every_line_is_accounted_for(read(path))


def assert_every_line_is_accounted_for(parsed: Parsed) -> None:
    taken = [line for lines in parsed.rows["lines"].to_list() for line in lines]
    refused = parsed.refused["line"].unique().to_list()
    left_out = parsed.left_out["line"].to_list()
    # `table` has its furniture taken out already; what was taken out is in left_out.
    everything = set(parsed.table.lines.to_list()) | {b.line for b in parsed.table.broken}
    everything |= set(parsed.left_out.filter(parsed.left_out["reason"].is_in(["totals", "titles"]))["line"].to_list())
    assert sorted(taken + refused + left_out) == sorted(everything)
