"""A forecast carried on in time: an invoice that is still open today was not paid before today.

Between the three known points the distribution is a straight line; beyond them it thins out evenly (exponential tails),
so an invoice far past its band is expected to take about as long again, never to be paid at once.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.types import Floats

_NEARLY = 0.99
"""Until the due date has passed, nobody is late for sure."""
_TAIL = np.log(5.0)
"""From 50 to 90 of 100 an exponential tail falls to a fifth of what is left."""


def chance_by(forecast: Forecast, days: Floats) -> Floats:
    """The chance of being paid at most so many days after the due date.

    >>> one = Forecast(np.array([-2.0]), np.array([0.0]), np.array([5.0]), np.array([0.4]))
    >>> chance_by(one, np.array([5.0])).round(3).tolist(), chance_by(one, np.array([0.0])).round(3).tolist()
    ([0.9], [0.5])
    """
    low, high = _steps(forecast)
    middle = forecast.middle
    left = 0.1 * np.exp(np.minimum((days - (middle - low)) / (low / _TAIL), 0.0))
    right = 1 - 0.1 * np.exp(-np.maximum((days - (middle + high)) / (high / _TAIL), 0.0))
    inner = np.where(days < middle, 0.5 + 0.4 * (days - middle) / low, 0.5 + 0.4 * (days - middle) / high)
    out = np.where(days < middle - low, left, np.where(days > middle + high, right, inner))
    return np.asarray(out, dtype=np.float64)


def days_at(forecast: Forecast, share: Floats) -> Floats:
    """The days after the due date by which this share of such invoices is paid; undoes `chance_by`."""
    low, high = _steps(forecast)
    middle = forecast.middle
    safe = np.clip(share, 1e-9, 1 - 1e-9)
    left = middle - low + low / _TAIL * np.log(safe / 0.1)
    right = middle + high - high / _TAIL * np.log((1 - safe) / 0.1)
    inner = np.where(safe < 0.5, middle + (safe - 0.5) / 0.4 * low, middle + (safe - 0.5) / 0.4 * high)
    return np.asarray(np.where(safe < 0.1, left, np.where(safe > 0.9, right, inner)), dtype=np.float64)


def still_open(forecast: Forecast, overdue: Floats) -> Forecast:
    """What is left of a forecast once an invoice is `overdue` days past due (negative: days still to go) and not paid."""
    gone = chance_by(forecast, overdue)
    low, middle, high = (np.maximum(days_at(forecast, gone + share * (1 - gone)), overdue) for share in (0.1, 0.5, 0.9))
    # Not paid by the morning after the due date is late for sure.
    on_time_gone = np.where(overdue > 0, 1.0, np.minimum(gone, 1 - forecast.late))
    left = np.clip(forecast.late / np.maximum(1 - on_time_gone, 1e-9), 0.0, _NEARLY)
    return replace(forecast, low=low, middle=middle, high=high, late=np.where(overdue > 0, 1.0, left))


def _steps(forecast: Forecast) -> tuple[Floats, Floats]:
    """From the middle down to 10 and up to 90 of 100; at least half a day, since a payment takes place on some day."""
    return np.maximum(forecast.middle - forecast.low, 0.5), np.maximum(forecast.high - forecast.middle, 0.5)
