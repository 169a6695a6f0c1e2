"""Day order and decimal mark: proven, ruled out, asked, or given."""

from __future__ import annotations

import pytest

from duecourse.connectors.importers.invoices import Conventions, Parsed, parse
from duecourse.connectors.importers.source import Source

HEAD = "Customer;Invoice;Date;Due date;Amount\n"


def read(*rows: str, conventions: Conventions = Conventions()) -> Parsed:
    text = HEAD + "".join(f"Ann;N{n};{row}\n" for n, row in enumerate(rows))
    return parse(Source.of(text.encode()), currency="EUR", conventions=conventions)


@pytest.mark.parametrize(
    ("rows", "day_first", "asked"),
    [
        (["01/02/2026;31/03/2026;1"], True, False),
        (["01/02/2026;03/31/2026;1"], False, False),
        (["2026-02-01;2026-03-03;1"], None, False),
        (["01.02.2026;03.03.2026;1"], True, False),
        (["03/03/2026;04/04/2026;1"], None, False),
        (["01/02/2026;02/03/2026;1"], None, True),
        # Read with the day first this falls due on 3 January, before it is issued on 2 February.
        (["02/02/2026;03/01/2026;1"], False, False),
        (["31/01/2026;02/03/2026;1", "02/13/2026;03/15/2026;1"], None, True),
    ],
)
def test_day_order(rows: list[str], day_first: bool | None, asked: bool) -> None:
    parsed = read(*rows)
    assert parsed.conventions.day_first is day_first
    assert [q.key for q in parsed.questions] == (["day_first"] if asked else [])


@pytest.mark.parametrize(
    ("amounts", "comma", "asked"),
    [
        (["1.234,50"], True, False),
        (["1,234.50"], False, False),
        (["1234,5"], True, False),
        (["0.125"], False, False),
        (["12,34,567"], False, False),
        (["1.234.567"], True, False),
        (["100", "7"], None, False),
        (["1.234"], None, True),
        (["1,234"], None, True),
        (["1.234", "9,90"], True, False),
        (["12.50", "12,50"], None, True),
    ],
)
def test_decimal_mark(amounts: list[str], comma: bool | None, asked: bool) -> None:
    parsed = read(*(f"2026-01-05;2026-02-04;{amount}" for amount in amounts))
    assert parsed.conventions.decimal_comma is comma
    assert [q.key for q in parsed.questions] == (["decimal_comma"] if asked else [])


@pytest.mark.parametrize(("comma", "minor"), [(True, 1_234_000), (False, 1_234)])
def test_an_answer_counts(comma: bool, minor: int) -> None:
    text = HEAD + "Ann;1;2026-01-05;2026-02-04;1.234\n"
    parsed = parse(Source.of(text.encode()), currency="KWD", conventions=Conventions(decimal_comma=comma))
    assert parsed.rows["amount_minor"].to_list() == [minor]


def test_one_slip_among_many_is_refused_and_does_not_overturn() -> None:
    rows = [f"{day}/01/2026;{day}/02/2026;1" for day in range(13, 29)] * 6
    parsed = read(*rows, "01/13/2026;02/13/2026;1")
    assert parsed.conventions.day_first is True
    assert parsed.refused["line"].unique().to_list() == [len(rows) + 2]


def test_a_question_shows_both_readings_and_its_flags() -> None:
    question = read("01/02/2026;02/03/2026;1").questions[0]
    assert [o.example for o in question.options] == ["01/02/2026 is 1 February 2026", "01/02/2026 is 2 January 2026"]
    assert question.flags == "--day-first or --month-first"


def test_conventions_go_through_json() -> None:
    kept = Conventions(day_first=True, decimal_comma=False, currency="EUR")
    assert Conventions.from_json(kept.to_json()) == kept
    assert Conventions.from_json({"later": True}) == Conventions()
