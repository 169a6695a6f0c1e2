"""The law exam: practice cases through the production gate, and the command that runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duecourse.core.law.exam import take
from duecourse.interfaces.cli.law import law
from tests.core.law.exam_cases import case

PRACTICE = Path(__file__).parents[4] / "shared" / "exam" / "practice.jsonl"


def write(folder: Path, *cases: object) -> str:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in cases), "utf-8")
    return str(file)


@pytest.mark.skipif(not PRACTICE.exists(), reason=f"the practice exam is not at {PRACTICE}")
def test_every_practice_case_passes() -> None:
    marks = take([json.loads(line) for line in PRACTICE.read_text("utf-8").splitlines()])
    assert len(marks) == 279
    assert [mark.id for mark in marks if not mark.passed] == []


@pytest.mark.skipif(not PRACTICE.exists(), reason=f"the practice exam is not at {PRACTICE}")
def test_no_rule_or_reader_knows_a_case() -> None:
    names = {json.loads(line)["id"] for line in PRACTICE.read_text("utf-8").splitlines()}
    package = Path(__file__).parents[3] / "src" / "duecourse" / "core" / "law"
    sources = "".join(file.read_text("utf-8") for kind in ("*.py", "*.toml") for file in package.rglob(kind))
    assert [name for name in names if name in sources] == []


def test_the_command_prints_one_object_a_case_then_the_total(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        case("goes", "allow", "2026-06-10T12:00:00-04:00"),
        case("waits", "defer", "2026-06-10T07:00:00-04:00", not_before="2026-06-10T08:00:00-04:00"),
    )
    result = CliRunner().invoke(law, ["exam", file, "--json"])
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert lines[0] == {"id": "goes", "verdict": "allow", "not_before": None, "rules": [], "pass": True}
    assert lines[1]["not_before"] == "2026-06-10T12:00:00+00:00"
    assert lines[1]["rules"] == [{"id": "US-REGF-6b1-TIME", "citation": "12 CFR 1006.6(b)(1)(i)"}]
    assert lines[2] == {"total": 2, "passed": 2, "failed": 0}


@pytest.mark.parametrize(
    ("expect", "not_before", "grade", "passes"),
    [
        ("allow", None, "strict", False),
        ("block", None, "strict", False),
        ("block", None, "send_or_not", True),
        ("defer", "2026-06-10T08:00:59-04:00", "strict", True),
        ("defer", "2026-06-10T08:01:01-04:00", "strict", False),
        ("defer", None, "strict", True),
    ],
)
def test_marking(expect: str, not_before: str | None, grade: str, passes: bool) -> None:
    asked = case("early", expect, "2026-06-10T07:00:00-04:00", not_before=not_before, grade=grade)
    assert take([asked])[0].passed is passes


def test_a_failed_case_gives_exit_code_1_and_says_what_was_expected(tmp_path: Path) -> None:
    result = CliRunner().invoke(law, ["exam", write(tmp_path, case("early", "allow", "2026-06-10T07:00:00-04:00"))])
    assert result.exit_code == 1
    assert "FAIL  early  defer" in result.output
    assert "(expected allow)" in result.output


def test_faults_in_the_file_name_the_place_and_the_mend(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": 1}\n{nonsense', "utf-8")
    assert "broken.jsonl, line 2 is not JSON" in CliRunner().invoke(law, ["exam", str(broken)]).output
    marks = take(
        [
            case("naive", "allow", "2026-06-10T07:00:00"),
            {"id": "bare"},
            case("fine", "allow", "2026-06-10T12:00:00-04:00"),
        ]
    )
    assert [(mark.id, mark.verdict, mark.passed) for mark in marks] == [
        ("naive", "unread", False),
        ("bare", "unread", False),
        ("fine", "allow", True),
    ]
    assert "has no offset" in marks[0].rules[0][2]
    assert "Case bare cannot be read" in marks[1].rules[0][2]


def test_the_rules_in_force_and_what_changed() -> None:
    listed = CliRunner().invoke(law, ["rules", "--as-of", "2026-11-24", "--json"])
    told = {rule["id"]: rule for rule in map(json.loads, listed.output.splitlines())}
    assert told["US-REGF-14b-FREQ"]["citation"] == "12 CFR 1006.14(b)(2)(i)(A)"
    assert told["HOUSE-BUDGET"]["label"] == "policy"
    changed = CliRunner().invoke(law, ["rules", "--as-of", "2026-11-24", "--since", "2026-02-04", "--json"])
    assert [(rule["id"], rule["state"]) for rule in map(json.loads, changed.output.splitlines())] == [
        ("UK-GDPR-ADM", "new")
    ]
    assert (
        "No rule changed" in CliRunner().invoke(law, ["rules", "--as-of", "2026-11-24", "--since", "2026-11-23"]).output
    )
