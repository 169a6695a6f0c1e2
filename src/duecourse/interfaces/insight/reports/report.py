"""What a report is asked with, and what it is made of: findings, each with a picture and a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from duecourse.interfaces.insight.course import Course
from duecourse.interfaces.insight.view import Chart, Table
from duecourse.interfaces.money import Money, plain, words

NOTHING = SafeString("")


@dataclass(frozen=True)
class Ask:
    """Whose figures, of which currency, now. `course` is None before the first count; `url` gives a table's CSV."""

    creditors: list[int] | None
    course: Course | None
    currency: str
    now: datetime
    url: Callable[[str], str]
    rows_url: Callable[[str], str]

    @property
    def today(self) -> date:
        return self.course.days[-1] if self.course else self.now.date()

    def money(self, minor: int) -> str:
        return words(Money(minor, self.currency), "en")

    def plain(self, minor: int) -> str:
        return plain(Money(minor, self.currency))


@dataclass(frozen=True, slots=True)
class Report:
    """A page: `lede` says what it answers; `charts` by the name of their CSV."""

    title: str
    lede: str
    charts: dict[str, Chart]
    rows_url: str = ""


def chart(
    ask: Ask, name: str, title: str, unit: str, say: str, caption: str, head: Sequence[str], rows: Sequence[Sequence[object]],
    *, svg: SafeString = NOTHING, plain_rows: Sequence[Sequence[object]] | None = None, total: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """A finding whose table is its numbers; `plain_rows` where a machine should read them otherwise than people."""
    said = tuple(tuple(_cell(c) for c in row) for row in rows)
    bare = said if plain_rows is None else tuple(tuple("" if c is None else str(c) for c in row) for row in plain_rows)
    table = Table(caption, tuple(head), said, bare, ask.url(name), tuple(total))
    return Chart(title=title, unit=unit, say=say, svg=svg, table=table, scrolls=f"{title}, chart" if svg else "")


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)


def percent(part: int, whole: int) -> str:
    """A share in words; a dash where there is nothing to divide by.

    >>> percent(1, 3), percent(0, 0)
    ('33.3 %', '–')
    """
    return f"{100 * part / whole:.1f} %" if whole else "–"
