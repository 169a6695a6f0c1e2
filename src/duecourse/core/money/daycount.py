"""Day counts: which part of a year lies between two dates. The first day counts, the last does not."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction


class DayCount(StrEnum):
    """Names as in ISDA 2006 definitions, section 4.16: (d) Act/365 fixed, (e) Act/360, (g) 30E/360."""

    ACT_365 = "act/365"
    ACT_360 = "act/360"
    THIRTY_360 = "30/360"


def year_part(first: date, last: date, how: DayCount) -> Fraction:
    """The years from `first` up to, and without, `last`. Raises ValueError where they are the wrong way round.

    >>> january, march = date(2024, 1, 31), date(2024, 3, 1)
    >>> [str(year_part(january, march, how)) for how in DayCount]
    ['6/73', '1/12', '31/360']
    """
    if last < first:
        raise ValueError("a period ends after it begins")
    if how is DayCount.THIRTY_360:
        days = 360 * (last.year - first.year) + 30 * (last.month - first.month)
        return Fraction(days + min(last.day, 30) - min(first.day, 30), 360)
    return Fraction((last - first).days, 365 if how is DayCount.ACT_365 else 360)
