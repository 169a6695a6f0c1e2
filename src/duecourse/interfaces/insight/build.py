"""The dashboard's page from counted days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from duecourse.core.measure.definitions import BY_KEY, DEFINITIONS
from duecourse.interfaces.dates import short, span
from duecourse.interfaces.figure_words import NO_DATA, worded
from duecourse.interfaces.insight import charts
from duecourse.interfaces.insight.course import Course, courses
from duecourse.interfaces.insight.findings import change
from duecourse.interfaces.insight.svg.lines import spark
from duecourse.interfaces.insight.view import Dashboard, FalseChases, Filter, Line, Tile
from duecourse.records.insight.tallies import Counted

Address = Callable[..., str]
"""(kind, name) → address within the same currency and creditor; kind is page, rows or csv."""
TILES = ("collection_rate_30", "dso_countback", "retention_after_collection", "first_contact_resolution")


def build(
    days: Sequence[Counted], *, currency: str, whose: str, stopped: int, now: datetime, address: Address
) -> Dashboard:
    """The page for a currency; where that has no book, for the largest one. Empty before the first count."""
    found = courses(days)
    if not found:
        return Dashboard("Nothing is counted yet. The worker counts within a minute of the first invoice.")
    course = found.get(currency) or next(iter(found.values()))
    mine = course.currency
    return Dashboard(
        lede=f"{whose}, {mine} book. {_counted(course, now)}; every figure opens to its rows.",
        currencies=tuple(Filter(c, address("page", currency=c), c == mine) for c in found),
        csv_url=address("csv", "figures", currency=mine),
        tiles=tuple(_tile(course, key, address) for key in TILES),
        cash=charts.cash(course, lambda name: address("csv", name, currency=mine)),
        ageing=charts.ageing(course, lambda name: address("csv", name, currency=mine)),
        charts=tuple(
            make(course, lambda name: address("csv", name, currency=mine))
            for make in (charts.dso, charts.collection, charts.contacts)
        ),
        chases=_chases(course, stopped, address),
        every=_every(course, address),
        then=short(course.then_day, course.days[-1], "en") if course.then_day else "",
    )


def _counted(course: Course, now: datetime) -> str:
    age = now - course.counted_at
    return "Counted just now" if age < timedelta(minutes=1) else f"Counted {span(age)} ago"


def _tile(course: Course, key: str, address: Address) -> Tile:
    definition = BY_KEY[key]
    value, share = course.now[key], definition.unit == "share"
    before = course.then[key] if course.then else None
    number, _, unit = worded(value, definition.unit, course.currency).partition(" ")
    moved = change(value, before, course.then_day, times=100 if share else 1, unit="points" if share else "days")
    return Tile(
        name=definition.name,
        value=number,
        unit=unit,
        spark=spark(
            course.of(key), label=f"{definition.name} over twelve months, now {worded(value, definition.unit, '')}"
        ),
        change=moved,
        formula=definition.formula,
        rows_url=address("rows", definition.rows, currency=course.currency),
    )


def _chases(course: Course, stopped: int, address: Address) -> FalseChases:
    wrong, judged = course.items.get("contacts_false", 0), course.items.get("contacts_judged", 0)
    say = "A false chase is a message about an invoice whose money was there already, known to us or not."
    held = "" if not stopped else f"{stopped:,} sends were stopped at the last moment in the same time."
    return FalseChases(f"{wrong:,}", f"{judged:,}", say, held, address("rows", "chases", currency=course.currency))


def _every(course: Course, address: Address) -> tuple[Line, ...]:
    lines = []
    for definition in DEFINITIONS:
        if definition.unit == "buckets":
            continue
        key, unit = definition.key, definition.unit
        before = worded(course.then[key], unit, course.currency) if course.then else NO_DATA
        rows = address("rows", definition.rows, currency=course.currency) if definition.rows else ""
        lines.append(
            Line(definition.name, worded(course.now[key], unit, course.currency), before, definition.formula, rows)
        )
    return tuple(lines)
