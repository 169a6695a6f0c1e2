"""Dates and money as people write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from duecourse.connectors.importers.invoices.dates import read_dates
from duecourse.connectors.importers.invoices.money import is_negative, read_decimal, sign_currency, to_minor
from duecourse.connectors.importers.invoices.terms import due_by_terms

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "text",
    ["2026-03-09", "2026/3/9", "20260309", "9/3/2026", "09.03.26", "9 March 2026", "9th March 2026", "09-Mar-2026",
     "09-Mar-26", "Mon, 9 Mar 2026", "March 9, 2026", "9. März 2026", "9 mars 2026", "9 de marzo de 2026",
     "2026-03-09T10:15:00Z", "09/03/2026 00:00:00"],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert pl.select(read_dates(pl.lit(text), day_first=True)).item() == DAY


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "00/00/0000", "1899-01-01", "46090", "soon", "9/3/226"])
def test_no_dates(text: str) -> None:
    assert pl.select(read_dates(pl.lit(text), day_first=True)).item() is None


def test_the_month_may_come_first() -> None:
    assert pl.select(read_dates(pl.lit("3/9/2026"), day_first=False)).item() == DAY


@pytest.mark.parametrize(
    ("text", "comma", "currency", "minor"),
    [
        ("1,234.50", False, "EUR", 123_450),
        ("1.234,50", True, "EUR", 123_450),
        ("1 234,50 €", True, "EUR", 123_450),
        ("1\u202f234,50", True, "EUR", 123_450),
        ("1'234.50", False, "CHF", 123_450),
        ("CHF 1’234.–", False, "CHF", 123_400),
        ("$1,234.50", False, "USD", 123_450),
        ("1,23,456.00", False, "INR", 12_345_600),
        (".5", False, "EUR", 50),
        ("12.300", False, "EUR", 1_230),
        ("125000", False, "JPY", 125_000),
        ("125000.00", False, "JPY", 125_000),
        ("1.234", False, "KWD", 1_234),
        ("0012.50", False, "EUR", 1_250),
        ("999999999999999.99", False, "EUR", 99_999_999_999_999_999),
        ("-12.50", False, "EUR", -1_250),
        ("12.50-", False, "EUR", -1_250),
        ("(12.50)", False, "EUR", -1_250),
        ("−12.50", False, "EUR", -1_250),
        ("-$12.50", False, "USD", -1_250),
        ("$-12.50", False, "USD", -1_250),
        ("(€12.50)", False, "EUR", -1_250),
        ("12.50 CR", False, "EUR", -1_250),
        ("12.505", False, "EUR", None),
        ("125.5", False, "JPY", None),
        ("1.2345", False, "KWD", None),
        ("1,2345.00", False, "EUR", None),
        ("1.234,50", False, "EUR", None),
        ("1e5", False, "EUR", None),
        ("12.50.1", False, "EUR", None),
        ("9999999999999999", False, "EUR", None),
        ("10%", False, "EUR", None),
        ("12:30", False, "EUR", None),
    ],
)
def test_money(text: str, comma: bool, currency: str, minor: int | None) -> None:
    frame = pl.DataFrame({"text": [text], "currency": [currency]})
    number = read_decimal(pl.col("text"), decimal_comma=comma)
    sign = pl.when(is_negative(pl.col("text"))).then(-1).otherwise(1)
    assert frame.select(to_minor(number, pl.col("currency")) * sign).item() == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [("€5", "EUR"), ("5 €", "EUR"), ("£5", "GBP"), ("US$5", "USD"), ("5 PLN", "PLN"), ("$5", None), ("5", None), ("5 CR", None)],
)  # fmt: skip
def test_a_sign_beside_the_amount(text: str, currency: str | None) -> None:
    assert pl.select(sign_currency(pl.lit(text))).item() == currency


@pytest.mark.parametrize(
    ("issued", "days", "basis", "due"),
    [
        (date(2026, 1, 20), 30, None, date(2026, 2, 19)),
        (date(2026, 1, 20), 14, "2", date(2026, 2, 3)),
        (date(2026, 1, 20), 0, "0", date(2026, 1, 20)),
        (date(2026, 1, 20), 25, "3", date(2026, 1, 25)),
        (date(2026, 1, 20), 15, "3", date(2026, 2, 15)),
        (date(2026, 1, 20), 10, "4", date(2026, 2, 10)),
        (date(2026, 1, 20), 20, "5", date(2026, 2, 20)),
        (date(2026, 1, 31), 31, "5", date(2026, 2, 28)),
    ],
)
def test_terms(issued: date, days: int, basis: str | None, due: date) -> None:
    read = due_by_terms(pl.lit(issued), pl.lit(days), pl.lit(basis, pl.String))
    assert pl.select(read).item() == due
