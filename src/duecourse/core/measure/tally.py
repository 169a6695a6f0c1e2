"""The tally: every count and sum that the figures are made of. Tallies of parts add up to the tally of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.balance import balance_items, open_rows
from duecourse.core.measure.cases import resolution_rows, retention_rows
from duecourse.core.measure.cash import weekly_cash
from duecourse.core.measure.chases import contact_rows, false_chase_rows, monthly_contacts
from duecourse.core.measure.collection import collection_rows
from duecourse.core.measure.promises import promise_rows
from duecourse.core.measure.sales import monthly_sales, sales_rows
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import QUARTER

Tally = Mapping[str, Mapping[str, int]]
"""Currency → item → count or minor units."""


def tally(sheet: Sheet, as_of: date) -> Tally:
    """Everything counted at the close of `as_of`. A currency without a debt by then has no entry."""
    frames = [
        _debts(sheet, as_of),
        balance_items(sheet, as_of),
        _sum(open_rows(sheet, as_of - timedelta(days=QUARTER)), open_before="open"),
        _sum(sales_rows(sheet, as_of), sales="amount"),
        _sum(collection_rows(sheet, as_of), asked="asked", paid="paid"),
        _count(promise_rows(sheet, as_of), total="promises", where={"kept": "promises_kept"}),
        _count(retention_rows(sheet, as_of), total="collected", where={"bought_again": "bought_again"}),
        _count(resolution_rows(sheet, as_of), total="solved", where={"solved_first": "solved_first"}),
        _count(sheet.contacts.filter(pl.col("chase") & (pl.col("day") <= as_of)), total="contacts_ever"),
        _count(contact_rows(sheet, as_of), total="contacts"),
        _count(false_chase_rows(sheet, as_of), total="contacts_judged", where={"false": "contacts_false"}),
        *_series(monthly_sales(sheet, as_of), "month", "sales"),
        *_series(weekly_cash(sheet, as_of), "week", "cash"),
        *_series(monthly_contacts(sheet, as_of), "month", "contacts"),
    ]
    out: dict[str, Counter[str]] = {}
    for frame in frames:
        for row in frame.iter_rows(named=True):
            out.setdefault(row.pop("currency"), Counter()).update({k: int(v) for k, v in row.items()})
    return {currency: dict(items) for currency, items in sorted(out.items()) if items["debts"]}


def add(tallies: Iterable[Tally]) -> Tally:
    """The tally of parts taken together.

    >>> add([{"GBP": {"contacts": 2}}, {"GBP": {"contacts": 3}, "EUR": {"contacts": 1}}])
    {'EUR': {'contacts': 1}, 'GBP': {'contacts': 5}}
    """
    out: dict[str, Counter[str]] = {}
    for one in tallies:
        for currency, items in one.items():
            out.setdefault(currency, Counter()).update(items)
    return {currency: dict(items) for currency, items in sorted(out.items())}


def _debts(sheet: Sheet, as_of: date) -> pl.DataFrame:
    seen = sheet.moves.filter(pl.col("booked") <= as_of).unique("debt")
    return _count(seen, total="debts")


def _sum(rows: pl.DataFrame, **columns: str) -> pl.DataFrame:
    return rows.group_by("currency").agg(**{name: pl.col(column).sum() for name, column in columns.items()})


def _count(rows: pl.DataFrame, *, total: str, where: Mapping[str, str] | None = None) -> pl.DataFrame:
    named = {name: pl.col(column).sum() for column, name in (where or {}).items()}
    return rows.group_by("currency").agg(pl.len().alias(total), **named)


def _series(rows: pl.DataFrame, key: str, name: str) -> list[pl.DataFrame]:
    """One frame a period, with an item such as `sales.2026-11-01`."""
    return [
        part.select("currency", pl.col("amount").alias(f"{name}.{period}"))
        for (period,), part in rows.group_by(key, maintain_order=True)
    ]
