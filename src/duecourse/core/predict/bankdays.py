"""Which public holidays a book's payments keep, read from the days on which nobody was seen to pay."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from duecourse.core.predict.invoices import NEVER, Invoices, day_number
from duecourse.core.predict.types import Ints

COUNTRIES = """US CA GB IE DE AT CH FR BE NL LU ES PT IT DK SE NO FI PL CZ HU RO GR AU NZ ZA IN SG HK JP KR BR MX CL CO
AR TR IL AE""".split()
_STILL_PAID = 0.1
"""Share of a usual day's payments that is still booked on a holiday that is kept."""
_SURE = 5.0
"""How much better (log-likelihood) holidays must explain the payments than no holidays do."""
_YEARS = 1990, 2100


def kept_holidays(book: Invoices, *, until: int) -> tuple[str, Ints]:
    """The country whose holidays explain best when nobody paid before `until`, and its holidays over the book's years.

    Nothing where none explains it well: then every weekday is a bank day.
    """
    paid = book.settled[book.settled < until]
    if not len(paid):
        return "", holidays_of("", book)
    gain, country = max((_gain(paid, holidays_of(country, book)), country) for country in COUNTRIES)
    country = country if gain >= _SURE else ""
    return country, holidays_of(country, book)


def holidays_of(country: str, book: Invoices) -> Ints:
    """Weekdays that are public holidays of a country, over the years of the book and the next; none of no country."""
    if not country or not book.size:
        return np.zeros(0, dtype=np.int64)
    days = np.concatenate([book.due, book.settled[book.settled < NEVER]])
    first, last = max(_year(int(days.min())), _YEARS[0]), min(_year(int(days.max())) + 1, _YEARS[1])
    return np.array(_weekdays(country, first, last), dtype=np.int64)


def _gain(paid: Ints, closed: Ints) -> float:
    """How much better the payments fit a calendar in which the `closed` days are nearly empty than one without them."""
    first, last = int(paid.min()), int(paid.max())
    inside = closed[(closed > first) & (closed < last)]
    counts = np.bincount(paid - first, minlength=last - first + 1)
    usual = np.array(
        [np.median(counts[(weekday - first) % 7 :: 7]) if last - first >= 7 else 0.0 for weekday in range(7)]
    )
    expected = float(usual[inside % 7].sum())
    return float(counts[inside - first].sum() * np.log(_STILL_PAID) + (1 - _STILL_PAID) * expected)


@cache
def _weekdays(country: str, first: int, last: int) -> tuple[int, ...]:
    import warnings

    import holidays

    with warnings.catch_warnings():
        # Far years have no known lunar holidays; those that are known are enough.
        warnings.simplefilter("ignore")
        found = list(holidays.country_holidays(country, years=range(first, last + 1)))
    return tuple(sorted(day_number(day) for day in found if day.weekday() < 5))


def _year(day: int) -> int:
    return date.fromordinal(min(max(day, 0) + 1, date.max.toordinal())).year
