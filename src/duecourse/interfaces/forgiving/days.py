"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from duecourse.interfaces.forgiving.numbers import NUMBERS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day(text: str, today: date, *, day_first: bool = True) -> date | None:
    """A date at or after today, or None where it cannot be read. A date without a year is the next one.

    >>> today = date(2026, 11, 24)
    >>> [str(day(t, today)) for t in ("5 December", "5th dec 2026", "5/12", "05.12.26", "2026-12-05", "Dec 5")]
    ['2026-12-05', '2026-12-05', '2026-12-05', '2026-12-05', '2026-12-05', '2026-12-05']
    >>> [str(day(t, today)) for t in ("tomorrow", "Friday", "next Friday", "in 2 weeks", "end of the month", "3 feb")]
    ['2026-11-25', '2026-11-27', '2026-11-27', '2026-12-08', '2026-11-30', '2027-02-03']
    >>> day("when I can", today), day("31/11", today), day("1/1/2020", today)
    (None, None, None)
    """
    said = re.sub(r"(?<=\d)(st|nd|rd|th)\b|\b(the|of|on|by|next|this|a)\b|[,]", " ", text.strip().lower())
    said = " ".join(said.split())
    found = _named(said, today) or _numbered(said, today, day_first)
    return found if found and found >= today else None


def _named(said: str, today: date) -> date | None:
    if said in {"today", "now"}:
        return today
    if said == "tomorrow":
        return today + timedelta(days=1)
    if said in {"week", "in week"}:
        return today + timedelta(days=7)
    if said in {"end month", "month end"}:
        return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if said[:3] in _WEEKDAYS and said.isalpha() and len(said) <= 9:
        return today + timedelta(days=(_WEEKDAYS.index(said[:3]) - today.weekday() - 1) % 7 + 1)
    ahead = re.fullmatch(r"in (\w+) (day|week)s?", said)
    if ahead:
        count = int(ahead[1]) if ahead[1].isdigit() else NUMBERS.get(ahead[1])
        if count is not None and count < 1000:
            return today + timedelta(days=count * (7 if ahead[2] == "week" else 1))
    return None


def _numbered(said: str, today: date, day_first: bool) -> date | None:
    said = re.sub(rf"^(?:{'|'.join(_WEEKDAYS)})[a-z]* ", "", said)
    iso = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", said)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]), today)
    spelled = re.fullmatch(r"(\d{1,2})[ -]?([a-z]{3})[a-z]*\.?[ -]?(\d{2,4})?", said) or re.fullmatch(
        r"(?P<m>[a-z]{3})[a-z]*\.? (?P<d>\d{1,2})(?: (?P<y>\d{2,4}))?", said
    )
    if spelled:
        parts = spelled.groupdict()
        d, m, y = (parts["d"], parts["m"], parts["y"]) if parts else spelled.groups()
        return _made(y, _MONTHS.index(m) + 1, int(d), today) if m in _MONTHS else None
    figures = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2,4}))?", said)
    if figures:
        first, second = int(figures[1]), int(figures[2])
        d, m = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
        return _made(figures[3], m, d, today)
    return None


def _made(year: str | int | None, month: int, of_month: int, today: date) -> date | None:
    """The date, or None where the calendar has none; without a year the next such date."""
    try:
        if year is None:
            this = date(today.year, month, of_month)
            return this if this >= today else date(today.year + 1, month, of_month)
        number = int(year)
        return date(number + 2000 if number < 100 else number, month, of_month)
    except ValueError:
        return None
