"""The days on which instalments fall: civil dates, anchored to the first, so that no short month moves the later ones."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

MOST_INSTALMENTS = 260
"""Five years of weeks; a longer plan is no plan."""


class Every(StrEnum):
    """How often. `PAYDAY` is the customer's own day of the month, or the working day before it."""

    ONCE = "once"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    PAYDAY = "payday"


def dates(first: date, every: Every, count: int, *, payday: int = 0) -> tuple[date, ...]:
    """`count` dates from `first` on. A month without the day takes its last day; the next month has the day again.

    >>> [f"{d:%d %b}" for d in dates(date(2026, 1, 31), Every.MONTH, 4)]
    ['31 Jan', '28 Feb', '31 Mar', '30 Apr']
    >>> [f"{d:%d %b %Y}" for d in dates(date(2024, 2, 29), Every.MONTH, 13)][::12]
    ['29 Feb 2024', '28 Feb 2025']
    >>> [f"{d:%a %d %b}" for d in dates(date(2026, 11, 20), Every.PAYDAY, 3, payday=28)]
    ['Fri 27 Nov', 'Mon 28 Dec', 'Thu 28 Jan']
    """
    if not 1 <= count <= MOST_INSTALMENTS:
        raise ValueError(f"a plan has 1 to {MOST_INSTALMENTS} instalments")
    if every is Every.ONCE and count != 1:
        raise ValueError("what is paid once has one date")
    if every in (Every.ONCE, Every.WEEK, Every.FORTNIGHT):
        step = timedelta(days={Every.WEEK: 7, Every.FORTNIGHT: 14}.get(every, 0))
        return tuple(first + step * n for n in range(count))
    if every is Every.MONTH:
        return tuple(_in_month(first, n, first.day) for n in range(count))
    if not 1 <= payday <= 31:
        raise ValueError("a payday is a day of the month, 1 to 31")
    # The first of a month may be paid out in the month before: two months may be too early, never three.
    start = next(n for n in range(3) if _working_day_before(_in_month(first, n, payday)) >= first)
    return tuple(_working_day_before(_in_month(first, start + n, payday)) for n in range(count))


def _in_month(first: date, months: int, day: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _working_day_before(day: date) -> date:
    """Wages that fall on a weekend come on the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))
