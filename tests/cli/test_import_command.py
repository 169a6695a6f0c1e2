"""`duecourse import`: words, flags, exit codes and what a person at the terminal is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.actions.import_table import line, table

Run = Callable[..., Result]
AMBIGUOUS = b"Customer,Invoice,Date,Due date,Amount\nAnn,1,01/02/2026,02/03/2026,1.234\n"


@pytest.fixture
def run(book: object) -> Run:
    from duecourse.interfaces.cli import main

    def invoke(*arguments: str | Path, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, ["import", *map(str, arguments)], input=typed)

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes, name: str = "invoices.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_taken_then_unchanged(run: Run, file: Callable[..., Path]) -> None:
    path = file(table(line("1"), line("2")))
    first = run(path, "--creditor", "Fernleigh")
    assert first.exit_code == 0, first.output
    assert "2 taken, 0 unchanged, 0 refused" in first.output
    again = run(path, "--json")
    assert (again.exit_code, json.loads(again.stdout)["unchanged"]) == (0, 2)


def test_refused_rows_give_exit_code_one_and_a_file(run: Run, file: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "back.csv"
    result = run(file(table(line("1"), line("2", "ten"))), "--creditor", "Fernleigh", "--refused", out)
    assert result.exit_code == 1
    assert "amount not readable (2)" in result.output
    assert out.read_text("utf-8").splitlines()[1].startswith("3,Amount; Open,ten; ten")


def test_an_open_question_gives_exit_code_two_and_the_flags(run: Run, file: Callable[..., Path]) -> None:
    path = file(AMBIGUOUS)
    result = run(path, "--creditor", "Fernleigh")
    assert result.exit_code == 2
    assert "--day-first or --month-first" in result.output
    assert "--decimal-point or --decimal-comma" in result.output
    assert run(path, "--day-first", "--decimal-comma").exit_code == 0
    # Remembered for files with these columns.
    assert run(file(AMBIGUOUS.replace(b"Ann,1,", b"Ann,2,"), "later.csv")).exit_code == 0


def test_at_a_terminal_it_asks_and_shows_before_it_loads(
    run: Run, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from duecourse.interfaces.cli import import_

    monkeypatch.setattr(import_, "_at_terminal", lambda: True)
    path = file(AMBIGUOUS)
    said_no = run(path, "--creditor", "Fernleigh", typed="1\n2\nn\n")
    assert said_no.exit_code == 1
    assert "01/02/2026 is 1 February 2026" in said_no.output
    said_yes = run(path, typed="1\n2\ny\n")
    assert said_yes.exit_code == 0, said_yes.output
    assert "1 taken" in said_yes.output
    # What was answered before a no is asked again, in case the answer was why.
    assert "Which comes first" in said_yes.output


def test_a_file_that_cannot_be_taken_says_why_and_leaves_no_creditor(run: Run, file: Callable[..., Path]) -> None:
    from duecourse.actions.import_creditor import creditors
    from duecourse.interfaces.cli import database

    result = run(file(b""), "--creditor", "Fernleigh")
    assert result.exit_code == 1
    assert "invoices.csv: The file is empty." in result.output
    assert "Traceback" not in result.output
    with database():
        assert creditors() == []


def test_several_creditors_and_none_named(run: Run, file: Callable[..., Path]) -> None:
    path = file(table(line("1")))
    assert run(path, "--creditor", "One").exit_code == 0
    assert run(path, "--creditor", "Two").exit_code == 0
    result = run(path)
    assert result.exit_code == 2
    assert "“One”, “Two”" in result.output


def test_a_mapping_file(run: Run, file: Callable[..., Path], tmp_path: Path) -> None:
    path = file(b"Who,Invoice,Date,Due date,First,Second\nAnn,1,2026-01-05,2026-02-04,1.00,2.00\n")
    wrong = run(path, "--creditor", "Fernleigh", "--currency", "EUR")
    assert wrong.exit_code == 1
    assert "No column was found for" in wrong.output
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"Who": "customer_name", "Second": "amount"}))
    assert run(path, "--creditor", "Fernleigh", "--currency", "eur", "--map", mapping).exit_code == 0
    mapping.write_text("[]")
    assert run(path, "--map", mapping).exit_code == 2


@pytest.mark.parametrize("flags", [["--currency", "XXQ"], ["--terms-days", "-1"], ["--max-mb", "0"], []])
def test_wrong_use(run: Run, file: Callable[..., Path], flags: list[str]) -> None:
    path = [file(table(line("1")))] if flags else []
    assert run(*path, *flags).exit_code == 2


def test_the_currency_of_a_new_creditor_is_that_of_the_file(run: Run, file: Callable[..., Path]) -> None:
    result = run(file(table(line("1", currency="SEK"))), "--creditor", "Nord", "--json")
    assert json.loads(result.stdout)["conventions"]["currency"] == "SEK"
