"""How a file writes dates and decimals: decided from all its values, and asked where they leave it open."""

from __future__ import annotations

from dataclasses import dataclass, fields

import polars as pl

from duecourse.connectors.importers.invoices.dates import orders, read_dates
from duecourse.connectors.importers.invoices.fields import DATES, MONEY
from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.money import marks
from duecourse.connectors.importers.invoices.question import Option, Question
from duecourse.connectors.importers.invoices.table import Table

# One typing error in fifty does not overturn what the rest of a file proves; the odd ones are refused by row.
_CLEAR = 0.98


@dataclass(frozen=True)
class Conventions:
    """None: not known, or not needed because no value depends on it."""

    day_first: bool | None = None
    decimal_comma: bool | None = None
    tax_included: bool | None = None
    encoding: str | None = None
    currency: str | None = None

    def to_json(self) -> dict[str, bool | str]:
        """What is known, for keeping with the source.

        >>> Conventions(day_first=True).to_json()
        {'day_first': True}
        """
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}

    @classmethod
    def from_json(cls, kept: dict[str, bool | str]) -> Conventions:
        known = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})  # type: ignore[arg-type]


UNKNOWN = Conventions()


@dataclass(frozen=True)
class Decided:
    """A convention's value, why, and the question where the value is None and somebody must say."""

    value: bool | None
    why: str
    question: Question | None = None


def decide_day_first(table: Table, mapping: Mapping) -> Decided:
    """Order of day and month over all date columns.

    Proof is a number above 12. Where no value has one, an order by which some invoice falls due before it is issued,
    while the other order has none, is ruled out. Else it is a question.
    """
    columns = [c for f in DATES if (c := mapping.column(f))]
    day = month = open_ = 0
    for column in columns:
        d, m, o = orders(table.cells[column].filter(~table.is_native(column)))
        day, month, open_ = day + d, month + m, open_ + o
    if decided := _by_proof(day, month):
        kind = "day" if decided[0] else "month"
        return Decided(decided[0], f"{max(day, month):,} dates prove that the {kind} comes first.")
    if day or month:
        why = f"{day:,} dates have the day first and {month:,} the month."
        return Decided(None, why, _ask_order(table, columns, why))
    if open_ == 0:
        return Decided(None, "No date depends on the order of day and month.")
    backwards = {order: _backwards(table, mapping, order) for order in (True, False)}
    if bool(backwards[True]) != bool(backwards[False]):
        order = backwards[False] > 0
        return Decided(order, "In the other order some invoices would fall due before they are issued.")
    return Decided(None, "No date has a number above 12.", _ask_order(table, columns, "No date has a number above 12."))


def decide_decimal_comma(table: Table, mapping: Mapping) -> Decided:
    """Decimal comma or point over all money columns; 1.234 alone proves neither."""
    point = comma = open_ = 0
    columns = [c for f in (*MONEY, "quantity", "discount_percent") if (c := mapping.column(f))]
    for column in columns:
        p, c, o = marks(table.cells[column].filter(~table.is_native(column)))
        point, comma, open_ = point + p, comma + c, open_ + o
    if decided := _by_proof(comma, point):
        kind = "comma" if decided[0] else "point"
        return Decided(decided[0], f"{max(point, comma):,} amounts prove a decimal {kind}.")
    if point or comma or open_:
        why = (
            f"{point:,} amounts have a decimal point and {comma:,} a comma."
            if point or comma
            else "Amounts can be read both ways."
        )
        return Decided(None, why, _ask_decimal(table, columns, why))
    return Decided(None, "No amount has decimals.")


def _by_proof(yes: int, no: int) -> tuple[bool] | None:
    if yes + no == 0:
        return None
    share = yes / (yes + no)
    return (True,) if share >= _CLEAR else (False,) if share <= 1 - _CLEAR else None


def _backwards(table: Table, mapping: Mapping, day_first: bool) -> int:
    issued, due = mapping.column("issued_date"), mapping.column("due_date")
    if issued is None or due is None:
        return 0
    pairs = table.cells.select(i=issued, d=due).unique()
    read = pairs.select(read_dates(pl.col(c), day_first=day_first).alias(c) for c in pairs.columns)
    return int((read["d"] < read["i"]).sum())


def _ask_order(table: Table, columns: list[str], why: str) -> Question:
    examples = [v for c in columns for v in table.cells[c].drop_nulls().to_list() if sum(orders(pl.Series([v]))) > 0]
    example = examples[0].strip() if examples else ""

    def shown(day_first: bool) -> str:
        day = pl.select(read_dates(pl.lit(example), day_first=day_first)).item()
        return f"{example} is {day.day} {day:%B %Y}" if day else ""

    return Question(
        "day_first",
        f"Which comes first in a date such as {example}? {why}",
        (
            Option(True, "The day", shown(True), "--day-first"),
            Option(False, "The month", shown(False), "--month-first"),
        ),
    )


def _ask_decimal(table: Table, columns: list[str], why: str) -> Question:
    examples = [v for c in columns for v in table.cells[c].drop_nulls().to_list() if sum(marks(pl.Series([v]))) > 0]
    example = next((v.strip() for v in examples if marks(pl.Series([v]))[2]), examples[0].strip() if examples else "")
    comma, point = example.replace(".", "").replace(",", "."), example.replace(",", "")
    return Question(
        "decimal_comma",
        f"How are amounts such as {example} written? {why}",
        (
            Option(False, "With a decimal point", f"{example} is {point}", "--decimal-point"),
            Option(True, "With a decimal comma", f"{example} is {comma}", "--decimal-comma"),
        ),
    )
