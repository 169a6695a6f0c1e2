"""The currency that a file speaks of most, from its first rows."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.guard import STANDARD, Caps
from duecourse.connectors.importers.invoices.currencies import exponents
from duecourse.connectors.importers.invoices.mapping import map_columns
from duecourse.connectors.importers.invoices.money import sign_currency
from duecourse.connectors.importers.invoices.sniff import look
from duecourse.connectors.importers.source import Source

_LOOK = 2_000
_AMOUNTS = ("amount", "open_amount", "line_amount", "unit_amount", "net_amount")


def main_currency(
    source: Source, *, encoding: str | None = None, mapping: dict[str, str] | None = None, caps: Caps = STANDARD
) -> str | None:
    """By its column, else by a header such as Total (EUR), else by the sign beside amounts. Raises Unreadable.

    >>> main_currency(Source.of(b"Customer,Invoice,Date,Amount\\nAnn,1,2026-01-05,\\xe2\\x82\\xac5\\n"))
    'EUR'
    """
    _, table = look(source, caps=caps, encoding=encoding, limit=_LOOK)
    mapped = map_columns(table, mapping)
    amounts = [column for name in _AMOUNTS if (column := mapped.column(name))]
    said: list[pl.Expr] = []
    if column := mapped.column("currency"):
        said.append(pl.col(column).str.strip_chars().str.to_uppercase())
    said += [pl.lit(mapped.currencies[column]) for column in amounts if column in mapped.currencies]
    said += [sign_currency(pl.col(column)) for column in amounts]
    found = table.cells.select(c=pl.coalesce(said) if said else pl.lit(None, pl.String))["c"]
    known = found.filter(found.is_in(list(exponents())))
    return str(known.mode().sort()[0]) if known.len() else None
