"""Columns whose header says nothing: some are plain from their values, and the preview says that they are a guess."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.dates import looks_like_date, read_dates
from duecourse.connectors.importers.invoices.evidence import Evidence, gather
from duecourse.connectors.importers.invoices.table import Table

_GUESS = 0.5


def by_values(table: Table, chosen: dict[str, tuple[str, float, str]]) -> dict[str, tuple[str, float, str]]:
    """E-mail, currency, amount and dates that no header named, where the values leave no other reading."""
    taken = {name for name, _, _ in chosen.values()}
    looked = {h: gather(table.cells[h], table.is_native(h)) for h in table.headers if h not in chosen}
    found: dict[str, tuple[str, float, str]] = {}

    def claim(name: str, headers: list[str], why: str) -> None:
        if name not in taken and len(headers) == 1 and headers[0] not in found:
            found[headers[0]] = (name, _GUESS, why + " This is a guess.")

    claim("email", _where(looked, lambda e: e.shares["email"] > 0.8), "Only this column holds e-mail addresses.")
    claim("currency", _where(looked, lambda e: e.shares["currency"] > 0.9), "Only this column holds currencies.")
    if not taken & {"amount", "net_amount", "open_amount", "line_amount", "unit_amount"}:
        claim("amount", _where(looked, lambda e: e.money > 0.9 and e.decimals > 0.5), "Only this column holds money.")
    _dates(table, taken, _where(looked, lambda e: e.dates > 0.9), found)
    return found


def _where(looked: dict[str, Evidence], test) -> list[str]:  # type: ignore[no-untyped-def]
    return [header for header, evidence in looked.items() if evidence.filled and test(evidence)]


def _dates(table: Table, taken: set[str], headers: list[str], found: dict[str, tuple[str, float, str]]) -> None:
    """Two columns of dates of which one is never before the other: issued and due."""
    if taken & {"issued_date", "due_date"} or len(headers) != 2:
        return
    for day_first in (True, False):
        a, b = (table.cells.select(read_dates(pl.col(h), day_first=day_first)).to_series() for h in headers)
        if a.null_count() > 0.1 * table.height or not bool(looks_like_date(table.cells[headers[0]]).any()):
            continue
        if bool((a <= b).all()):
            first, second = headers
        elif bool((b <= a).all()):
            second, first = headers
        else:
            continue
        found[first] = ("issued_date", _GUESS, "Of two columns of dates it is the earlier. This is a guess.")
        found[second] = ("due_date", _GUESS, "Of two columns of dates it is the later. This is a guess.")
        return
