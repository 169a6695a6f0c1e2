"""Bands that hold what they say, and chances that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest

from duecourse.core.predict import band, chance
from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.scores import brier, coverage


def _drawn(seed, size=4000):
    """Outcomes whose spread the forecast knows in shape, not in size; half of the customers are little known and wilder."""
    rng = np.random.default_rng(seed)
    settled = np.where(rng.random(size) < 0.5, 2.0, 30.0)
    scale = np.where(settled < 5, 6.0, 2.0)
    actual = rng.normal(0, scale)
    forecast = Forecast(np.full(size, -1.0), np.zeros(size), np.full(size, 1.0), np.full(size, 0.5))
    return forecast, actual, settled


@pytest.mark.parametrize("seed", range(5))
def test_a_mended_band_holds_eight_in_ten_of_later_outcomes(seed):
    forecast, actual, settled = _drawn(seed)
    how = band.mend(forecast, actual, settled)
    later, came, known = _drawn(seed + 100)
    mended = band.mended(later, known, how)
    for group in (known < 5, known >= 5):
        assert 0.77 <= coverage(mended.low[group], mended.high[group], came[group]) <= 0.83
    assert coverage(later.low, later.high, came) < 0.5


def test_a_band_without_outcomes_is_left_as_it_is():
    forecast, _, settled = _drawn(0, 3)
    nothing = Forecast(*(np.zeros(0),) * 4)
    how = band.mend(nothing, np.zeros(0), np.zeros(0))
    assert how == {}
    assert np.array_equal(band.mended(forecast, settled, how).low, forecast.low)


def test_the_middle_stays_inside_however_the_ends_move():
    forecast, _, settled = _drawn(1, 50)
    tight = band.mended(forecast, settled, {"few.low": -5.0, "few.high": -5.0, "many.low": -5.0, "many.high": -5.0})
    assert (tight.low <= tight.middle).all()
    assert (tight.middle <= tight.high).all()


def test_overconfident_chances_are_mended():
    rng = np.random.default_rng(3)
    true = rng.uniform(0.1, 0.9, 6000)
    happened = rng.random(6000) < true
    loud = 1 / (1 + np.exp(-(3 * chance.odds(true) + 1)))
    weights = chance.fit([loud[:3000]], happened[:3000])
    told = chance.apply(weights, [loud[3000:]])
    assert brier(told, happened[3000:]) < brier(loud[3000:], happened[3000:]) - 0.02
    for low, high in ((0.1, 0.3), (0.3, 0.7), (0.7, 0.9)):
        inside = (told >= low) & (told < high)
        assert abs(told[inside].mean() - happened[3000:][inside].mean()) < 0.05


def test_few_outcomes_leave_the_first_guess_nearly_as_it_is():
    guess = np.array([0.2, 0.8])
    told = chance.apply(chance.fit([guess], np.array([False, True])), [guess])
    assert np.abs(told - guess).max() < 0.1
