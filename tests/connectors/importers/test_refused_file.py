"""The file of refused rows says line, column, found, expected and mend, and can be mended and imported."""

from __future__ import annotations

import csv
import io

from duecourse.connectors.importers.invoices import parse, write_refused
from duecourse.connectors.importers.source import Source

TEXT = (
    "Customer,Phone,Invoice,Date,Due date,Amount\n"
    "Ann,+44 20 7946 0000,0001,2026-01-05,2026-02-04,ten\n"
    "=Ben,,0002,2026-02-30,2026-02-04,20.00\n"
    "Cy,,0003,2026-01-05,2026-02-04,30.00\n"
    "Di,,0004,2026-01-05,2026-02-04,40,00\n"
)


def refused(text: str) -> tuple[list[dict[str, str]], str]:
    out = io.StringIO(newline="")
    write_refused(parse(Source.of(text.encode()), currency="EUR"), out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), restkey="rest")), out.getvalue()


def test_each_row_says_what_and_how_to_mend() -> None:
    rows, _ = refused(TEXT)
    assert [row["line"] for row in rows] == ["2", "3", "5"]
    assert rows[0]["column"] == "Amount"
    assert rows[0]["found"] == "ten"
    assert rows[0]["expected"].startswith("an amount such as")
    assert rows[0]["mend"].endswith(".")


def test_the_rows_stand_beside_it_as_they_were() -> None:
    rows, _ = refused(TEXT)
    assert (rows[0]["Customer"], rows[0]["Phone"], rows[0]["Invoice"]) == ("Ann", "+44 20 7946 0000", "0001")
    assert rows[1]["Customer"] == "'=Ben"
    assert rows[2]["rest"] == ["00"]


def test_mended_it_imports() -> None:
    mended = (
        refused(TEXT)[1]
        .replace(",ten\r\n", ",10.00\r\n")
        .replace("2026-02-30", "2026-01-30")
        .replace(",40,00\r\n", ",40.00\r\n")
    )
    parsed = parse(Source.of(mended.encode()), currency="EUR")
    assert parsed.refused.height == 0
    assert parsed.rows["invoice_ref"].to_list() == ["0001", "0002", "0004"]
    assert parsed.rows["customer_name"].to_list() == ["Ann", "=Ben", "Di"]
    assert parsed.rows["amount_minor"].to_list() == [1_000, 2_000, 4_000]
