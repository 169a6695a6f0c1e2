"""The header sets, each made into a table whose values suit its columns."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from duecourse.connectors.importers.invoices.table import Table, unique_headers

ROWS = 40
_DATES = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "iso": "%Y-%m-%d", "dot": "%d.%m.%Y"}
_NAMES = ("Alder & Sons", "Bright Foods Ltd", "Cedar House", "Delta Print GmbH", "Elm Street Bakery", "Fjord Travel")
_LATER = {"issued_date": 0, "due_date": 30, "settled_date": 41}
_WORDS = {
    "first_name": ("Ann", "Ben", "Chloe"),
    "last_name": ("Moss", "Nash", "Okoro"),
    "city": ("Leeds", "Lyon", "Bonn"),
    "region": ("TX", "CA", "NY"),
    "country": ("GB", "DE", "FR"),
    "currency": ("EUR", "GBP", "USD"),
    "status": ("Paid", "Open", "Overdue"),
    "document_type": ("Invoice", "Credit Memo", "Invoice"),
    "customer_kind": ("Company", "Person", "Company"),
    "terms": ("30", "14", "Net 30"),
    "terms_basis": ("2", "2", "4"),
    "language": ("en", "de", "fr"),
    "timezone": ("Europe/London", "Europe/Paris", "Europe/Berlin"),
    "description": ("Work in May", "Repairs", "Goods as ordered"),
    "purchase_order": ("PO-17", "4500123", "web"),
    "postal_code": ("LS1 4AP", "69001", "53111"),
    "tax_included": ("X", "", "X"),
    "tax_code": ("GST", "FRE", "GST"),
    "quantity": ("1", "2", "3"),
    "discount_percent": ("0", "5", "0"),
}


@dataclass(frozen=True)
class HeaderSet:
    """`expected`: column to field, `""` for none and `never` for card and bank columns."""

    name: str
    table: Table
    expected: dict[str, str]


def load(name: str = "header_sets.toml") -> list[HeaderSet]:
    sets = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["set"]
    return [_build(entry) for entry in sets]


def _build(entry: dict) -> HeaderSet:
    headers = unique_headers(list(entry["columns"]))
    wanted = dict(zip(headers, entry["columns"].values(), strict=True))
    cells = pl.DataFrame(
        {h: [_value(field, row, entry) for row in range(ROWS)] for h, field in wanted.items()},
        schema=dict.fromkeys(headers, pl.String),
    )
    lines = pl.Series("line", range(2, ROWS + 2), dtype=pl.UInt32)
    expected = {h: "never" if f == "!" else "" if f.startswith("<") else f for h, f in wanted.items()}
    return HeaderSet(entry["name"], Table(headers, cells, lines), expected)


def _value(field: str, row: int, entry: dict) -> str:
    if field.startswith("<"):
        return field.strip("<>")
    if field in _LATER:
        return (date(2025, 3, 1) + timedelta(days=row * 5 + _LATER[field])).strftime(_DATES[entry["dates"]])
    if field == "invoice_ref":
        return f"INV-{1000 + row}"
    if field == "customer_ref":
        return f"C{100 + row % 6}"
    if field == "customer_name":
        return _NAMES[row % len(_NAMES)]
    if field == "email":
        return f"accounts{row % 6}@shop.example"
    if field == "phone":
        return f"+44 20 7946 0{row % 6}00"
    if field.startswith("address"):
        return f"{row % 6 + 1} High Street"
    if field in _WORDS:
        return _WORDS[field][row % 3]
    if field == "!":
        return "4000 1234 5678 9010"
    amount = f"{1000 + row * 7}.{row:02}"
    return amount.replace(".", ",") if entry.get("comma") else amount
