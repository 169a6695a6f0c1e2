"""The tally: every count and sum that the figures are made of. Tallies of parts add up to the tally of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.arrangements import instalment_rows
from duecourse.core.measure.balance import balance_items, open_rows
from duecourse.core.measure.cases import resolution_rows, retention_rows
from duecourse.core.measure.cash import weekly_cash
from duecourse.core.measure.causes import cause_rows
from duecourse.core.measure.chases import contact_rows, false_chase_rows, monthly_contacts
from duecourse.core.measure.collection import collection_rows
from duecourse.core.measure.leakage import bought_rows, write_off_rows
from duecourse.core.measure.on_time import on_time_rows
from duecourse.core.measure.promises import promise_rows
from duecourse.core.measure.roll import roll_rows
from duecourse.core.measure.sales import monthly_sales, sales_rows
from duecourse.core.measure.saved import arm_rows, told_rows
from duecourse.core.measure.service import complaint_rows, cost_rows, done_rows, wait_rows
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import QUARTER, within

Tally = Mapping[str, Mapping[str, int]]
"""Currency → item → count or minor units."""


def tally(sheet: Sheet, as_of: date) -> Tally:
    """Everything counted at the close of `as_of`, of a part or of the whole."""
    arms = arm_rows(sheet, as_of)
    causes = cause_rows(sheet, as_of)
    frames = [
        _debts(sheet, as_of),
        balance_items(sheet, as_of),
        _sum(open_rows(sheet, as_of - timedelta(days=QUARTER)), open_before="open"),
        _sum(sales_rows(sheet, as_of), sales="amount"),
        _sum(collection_rows(sheet, as_of), asked="asked", paid="paid"),
        _count(promise_rows(sheet, as_of), total="promises", where={"kept": "promises_kept"}),
        _count(retention_rows(sheet, as_of), total="collected", where={"bought_again": "bought_again"}),
        _count(resolution_rows(sheet, as_of), total="solved", where={"solved_first": "solved_first"}),
        _sum(retention_rows(sheet, as_of).filter(~pl.col("bought_again")), worth_lost="worth"),
        _count(instalment_rows(sheet, as_of), total="instalments", where={"kept": "instalments_kept"}),
        _count(on_time_rows(sheet, as_of), total="fell_due", where={"on_time": "on_time"}),
        _sum(write_off_rows(sheet, as_of), written_off="amount"),
        _sum(sheet.cash.filter(within("booked", as_of)), received="amount"),
        _sum(cost_rows(sheet, as_of), cost_sixtieths="sixtieths"),
        _count(bought_rows(sheet, as_of), total="buyers"),
        _sum(bought_rows(sheet, as_of), bought="amount"),
        _count(complaint_rows(sheet, as_of), total="complaints"),
        _count(sheet.contacts.filter(pl.col("chase") & (pl.col("day") <= as_of)), total="contacts_ever"),
        _count(contact_rows(sheet, as_of), total="contacts"),
        _count(false_chase_rows(sheet, as_of), total="contacts_judged", where={"false": "contacts_false"}),
        *_series(monthly_sales(sheet, as_of), "month", "sales"),
        *_series(weekly_cash(sheet, as_of), "week", "cash"),
        *_series(monthly_contacts(sheet, as_of), "month", "contacts"),
        *_series(_each(causes, "cause"), "cause", "cause", end=".count"),
        *_series(
            causes.group_by("currency", "cause").agg(amount=pl.col("open").sum()), "cause", "cause", end=".amount"
        ),
        *_series(_rolls(roll_rows(sheet, as_of)), "path", "roll"),
        *_series(_each(done_rows(sheet, as_of), "by"), "by", "done"),
        *_series(_each(wait_rows(sheet, as_of), "told"), "told", "wait"),
        *_series(told_rows(sheet, as_of).rename({"expected": "amount"}), "week", "told"),
        *_series(_each(arms, "arm"), "arm", "arm", end=".customers"),
        *_series(arms.group_by("currency", "arm").agg(amount=pl.col("contacts").sum()), "arm", "arm", end=".contacts"),
    ]
    out: dict[str, Counter[str]] = {}
    for frame in frames:
        for row in frame.iter_rows(named=True):
            out.setdefault(row.pop("currency"), Counter()).update({k: int(v) for k, v in row.items()})
    return {currency: dict(items) for currency, items in sorted(out.items())}


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


def _rolls(rows: pl.DataFrame) -> pl.DataFrame:
    return (
        rows.group_by("currency", path=pl.col("was") + "." + pl.col("now"))
        .agg(pl.col("amount").sum())
        .sort("currency", "path")
    )


def _each(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """currency, the key, amount: how many rows of each."""
    return rows.group_by("currency", key).agg(amount=pl.len().cast(pl.Int64)).sort("currency", key)


def _series(rows: pl.DataFrame, key: str, name: str, *, end: str = "") -> list[pl.DataFrame]:
    """One frame a period or name, with an item such as `sales.2026-11-01`."""
    return [
        part.select("currency", pl.col("amount").alias(f"{name}.{period}{end}"))
        for (period,), part in rows.group_by(key, maintain_order=True)
    ]
