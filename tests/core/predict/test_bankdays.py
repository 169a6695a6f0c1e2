"""Holidays are read from the payments: of the right country, of the past only, and none where nothing speaks for any."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import polars as pl
import pytest

from duecourse.core.predict.bankdays import kept_holidays
from duecourse.core.predict.invoices import Invoices, day_number

FIRST = date(2024, 1, 1)


def _paid(country: str | None, days: int = 600, a_day: int = 6):
    closed = holidays.country_holidays(country, years=range(2024, 2027)) if country else {}
    rng = np.random.default_rng(1)
    dates = [FIRST + timedelta(days=n) for n in range(days)]
    dates = [d for d in dates if d.weekday() < 5 and d not in closed for _ in range(int(rng.poisson(a_day)))]
    return Invoices.of(pl.DataFrame({"customer": "a", "amount": 100, "due": dates, "settled": dates}))


@pytest.mark.parametrize("country", ["US", "GB", "DE", "FR", "JP", "AU"])
def test_the_country_is_found(country):
    book = _paid(country)
    found, closed = kept_holidays(book, until=day_number(FIRST) + 600)
    kept = {day_number(d) for d in holidays.country_holidays(country, years=2025) if d.weekday() < 5}
    assert kept <= set(closed.tolist())
    # Neighbours with the same holidays may stand for it.
    assert found == country or kept == {d for d in closed.tolist() if date.fromordinal(d + 1).year == 2025}


def test_a_book_that_is_paid_every_weekday_keeps_none():
    assert kept_holidays(_paid(None), until=day_number(FIRST) + 600)[0] == ""


def test_what_is_paid_later_says_nothing():
    assert kept_holidays(_paid("US"), until=day_number(FIRST) + 3)[0] == ""
    assert kept_holidays(_paid("US"), until=0)[0] == ""
