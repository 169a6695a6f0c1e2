"""Quotes, line numbers and widths: a bad record costs itself and no other."""

from __future__ import annotations

import pytest

from duecourse.connectors.importers.invoices import parse
from duecourse.connectors.importers.invoices.rows_of_text import records
from duecourse.connectors.importers.invoices.table import Broken
from duecourse.connectors.importers.source import Source

HEAD = "Customer,Invoice,Date,Due date,Amount,Note\n"


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def test_a_cell_over_several_lines_keeps_the_line_it_starts_on() -> None:
    found = list(records(lines('a,"1\n2\n3"\nb,4\n\nc,5\n'), ","))
    assert [r[0] for r in found if not isinstance(r, Broken)] == [1, 4, 6]


def test_a_quote_that_never_closes_costs_its_own_line() -> None:
    text = HEAD + "".join(f"Ann,{n},2026-01-05,2026-02-04,{n}.00,x\n" for n in range(1, 200))
    spoiled = text.replace("Ann,50,", 'Ann,"50,', 1)
    parsed = parse(Source.of(spoiled.encode()), currency="EUR")
    assert parsed.refused["line"].to_list() == [51]
    assert parsed.rows.height == 198


def test_a_quote_in_the_middle_costs_its_own_line() -> None:
    found = list(records(lines('a,"b" c\nd,e\n'), ","))
    assert [type(r) is Broken for r in found] == [True, False]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = (HEAD + "Ann,1,2026-01-05,2026-02-04,1.00,x\nBen,2,2026-01-05,2026-02-04,2.00,x").replace("\n", end)
    assert parse(Source.of(text.encode()), currency="EUR").rows["line"].to_list() == [2, 3]


def test_short_rows_are_read_and_long_rows_refused() -> None:
    text = (
        HEAD
        + "Ann,1,2026-01-05,2026-02-04,1.00\nBen,2,2026-01-05,2026-02-04,2,50,x\nCy,3,2026-01-05,2026-02-04,3,x,,\n"
    )
    parsed = parse(Source.of(text.encode()), currency="EUR")
    assert parsed.rows["invoice_ref"].to_list() == ["1", "3"]
    assert parsed.refused["cause"].to_list() == ["cells"]


def test_a_broken_line_takes_the_invoices_beside_it_where_rows_are_lines() -> None:
    """Its amount may be part of either; half an invoice would be half the money."""
    text = (
        "InvoiceNo,Customer,InvoiceDate,DueDate,ItemAmount\n"
        "1,Ann,2026-01-05,2026-02-04,10.00\n"
        "2,Ben,2026-01-05,2026-02-04,20.00\n"
        '2,Ben,2026-01-05,2026-02-04,"20"00\n'
        "2,Ben,2026-01-05,2026-02-04,20.00\n"
        "3,Cy,2026-01-05,2026-02-04,30.00\n"
    )
    parsed = parse(Source.of(text.encode()), currency="EUR")
    assert parsed.rows["invoice_ref"].to_list() == ["1", "3"]
    assert parsed.refused["line"].unique().sort().to_list() == [3, 4, 5]
