"""What changed in the rules and whom it reaches; rule files with a gap or an overlap are refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from duecourse.core.law.changes import changes, check, differences
from duecourse.core.law.reach import reached
from duecourse.core.law.rulebook import Rulebook, RulebookError, current
from duecourse.core.law.rules import RULES
from duecourse.interfaces.cli.law import law

TODAY = Rulebook.load(as_of=date(2026, 11, 24))
FILE = """
[MY-CAP]
title = "Contacts a week"
label = "policy"
citation = "House rule"
[[MY-CAP.versions]]
from = 2025-01-01
{end}source = "board"
max = 3
[[MY-CAP.versions]]
from = {start}
source = "board"
max = 2
"""


def test_changes_are_those_after_the_day_and_up_to_the_last() -> None:
    assert [c.id for c in changes(date(2026, 2, 4), until=date(2026, 12, 31))] == ["UK-GDPR-ADM"]
    assert changes(date(2026, 2, 5), until=date(2026, 12, 31)) == []
    assert [c.id for c in changes(date(2024, 4, 3), until=date(2025, 4, 11))] == ["US-TCPA", "PCI-DSS", "US-TCPA"]
    tcpa = changes(date(2024, 4, 4), until=date(2025, 4, 11))[-1]
    assert tcpa.what == (f"The source changed: {tcpa.text.source}.",)


def test_a_change_of_numbers_is_told_in_words() -> None:
    entry = {"title": "t", "label": "policy", "citation": "c", "versions": [
        {"from": date(2025, 1, 1), "source": "s", "max": 3}, {"from": date(2026, 1, 1), "source": "s", "max": 2, "citation": "d"}]}  # fmt: skip
    before, after = (current("X", entry, date(year, 6, 1)) for year in (2025, 2026))
    assert after is not None
    assert differences(before, after) == ("max: 3 before, 2 now.", "Now under d.")
    assert differences(None, after) == ("A new rule.",)


@pytest.mark.parametrize(
    ("end", "start", "fault"),
    [
        ("until = 2025-12-01\n", "2026-01-01", "no version covers 2025-12-01 to 2026-01-01"),
        ("until = 2026-02-01\n", "2026-01-01", "overlap"),
        ("", "2024-01-01", "overlap"),
        ("", "2025-01-01", "overlap"),
        ('from = "soon"\n', "2026-01-01", "not TOML"),
    ],
)
def test_a_rule_file_with_a_gap_or_an_overlap_is_refused(tmp_path: Path, end: str, start: str, fault: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(FILE.format(end=end, start=start))
    done = CliRunner().invoke(law, ["check", str(file)])
    assert done.exit_code == 1
    assert fault in done.output
    with pytest.raises(RulebookError, match=fault):
        check(file.read_text(), name=file.name)


def test_a_sound_rule_file_is_taken_and_one_without_a_title_or_a_day_is_not(tmp_path: Path) -> None:
    sound = FILE.format(end="until = 2026-01-01\n", start="2026-01-01")
    assert check(sound, name="mine.toml") == 1
    for lost in ("title", "citation", "label"):
        with pytest.raises(RulebookError, match=f"MY-CAP lacks '{lost}'"):
            check("\n".join(line for line in sound.splitlines() if not line.startswith(lost)), name="mine.toml")
    with pytest.raises(RulebookError, match="without a first day"):
        check(sound.replace("from = 2026-01-01", 'from = "2026-01-01"'), name="mine.toml")


KINDS = pl.DataFrame(
    [
        (0, "America/New_York", "US-OH", False, True),
        (1, "America/New_York", "US-OH", False, False),
        (2, "America/New_York", "US-MA", False, False),
        (3, "Europe/London", "UK", False, False),
        (4, "Europe/London", "UK", True, False),
        (5, "Europe/Berlin", "EU-DE", True, False),
    ],
    schema=["kind", "tz", "jurisdiction", "business", "agency"],
    orient="row",
)


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        ("US-REGF-6b1-TIME", [0]),
        ("US-MA-2IN7", [2]),
        ("UK-CONC-7.9", [3]),
        ("UK-LATE-PAYMENT-1998", [3, 4]),
        ("EU-DE-LATE-PAYMENT", [5]),
        ("UK-GDPR-ADM", [3]),
        ("HOUSE-BUDGET", [0, 1, 2, 3, 4, 5]),
        ("US-NV-MED60", []),
    ],
)
def test_a_rule_reaches_those_whom_its_scope_names(rule: str, kinds: list[int]) -> None:
    assert reached(KINDS, TODAY, [rule])[rule] == kinds


def test_every_rule_reaches_somebody_somewhere() -> None:
    places = ["US-OH", "US-NY-NYC", "US-MA", "US-DC", "US-CA", "US-WA", "US-NV", "UK", "AU-NSW", "EU-DE", "EU-IE"]
    rows = [
        (n, "UTC", p, b, a)
        for n, (p, b, a) in enumerate((p, b, a) for p in places for b in (False, True) for a in (False, True))
    ]
    everybody = pl.DataFrame(rows, schema=KINDS.columns, orient="row")
    names = {rule.id for rule in RULES} - {"SCOPE-NO-TIME"}
    assert sorted(name for name, mine in reached(everybody, TODAY, names).items() if not mine) == []
