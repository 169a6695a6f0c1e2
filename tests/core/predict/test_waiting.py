"""A forecast carried on in time: chances and days undo each other, and the past is no longer expected."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.waiting import chance_by, days_at, still_open

number = st.floats(-50, 50)


@st.composite
def forecasts(draw):
    low, middle, high = sorted(draw(st.lists(number, min_size=3, max_size=3)))
    return Forecast(*(np.array([n]) for n in (low, middle, high, draw(st.floats(0, 1)))))


@given(forecasts(), st.floats(0.01, 0.99))
def test_days_undo_chances(forecast, share):
    days = days_at(forecast, np.array([share]))
    assert abs(chance_by(forecast, days)[0] - share) < 1e-6


@given(forecasts(), number, number)
def test_chances_only_rise(forecast, one, two):
    low, high = min(one, two), max(one, two)
    assert chance_by(forecast, np.array([low]))[0] <= chance_by(forecast, np.array([high]))[0] + 1e-12


@given(forecasts(), st.floats(-60, 300))
def test_what_is_open_is_paid_from_now_on(forecast, overdue):
    now = still_open(forecast, np.array([overdue]))
    assert overdue <= now.low[0] <= now.middle[0] <= now.high[0]
    assert 0 <= now.late[0] <= 1
    if overdue > 0:
        assert now.late[0] == 1


def test_long_before_it_is_due_nothing_has_changed():
    forecast = Forecast(*(np.array([n]) for n in (-2.0, 1.0, 8.0, 0.6)))
    now = still_open(forecast, np.array([-60.0]))
    assert np.allclose([now.low, now.middle, now.high, now.late], [[-2.0], [1.0], [8.0], [0.6]], atol=0.01)


def test_the_longer_it_is_open_the_likelier_it_is_late():
    forecast = Forecast(*(np.array([n]) for n in (-6.0, -3.0, 4.0, 0.3)))
    chances = [still_open(forecast, np.array([d])).late[0] for d in (-20.0, -4.0, -2.0, 0.0, 1.0)]
    assert chances == sorted(chances)
    assert chances[0] < 0.35 < chances[-2] < chances[-1] == 1
