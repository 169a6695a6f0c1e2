"""Bands that hold what they say: widened or narrowed by how they did on later invoices (conformal quantile regression).

Source: Romano, Patterson, Candès 2019. Each end is mended by itself, so that one in ten lies below and one in ten above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.types import Flags, Floats

MISS = 0.1
"""Share of outcomes that may lie beyond each end."""
ENOUGH = 100
"""Outcomes from which a group gets a band of its own."""
FEW = 5
"""Settled invoices below which a customer's band is mended together with those of other little-known customers."""
Mend = Mapping[str, float]
"""Group and end (`few.low`, `many.high`, ...) → how many widths of the band its end moves outwards."""


def mend(forecast: Forecast, actual: Floats, settled: Floats) -> Mend:
    """How far the ends must move so that each is passed by one outcome in ten. Empty where there are no outcomes."""
    width = _width(forecast)
    below, above = (forecast.low - actual) / width, (actual - forecast.high) / width
    everybody = np.ones(len(actual), dtype=np.bool_)
    out: dict[str, float] = {}
    for name, group in _groups(settled).items():
        chosen = group if group.sum() >= ENOUGH else everybody
        if chosen.any():
            out[f"{name}.low"], out[f"{name}.high"] = _level(below[chosen]), _level(above[chosen])
    return out


def mended(forecast: Forecast, settled: Floats, how: Mend) -> Forecast:
    """The forecast with its ends moved; the middle stays between them."""
    low, high = forecast.low.copy(), forecast.high.copy()
    width = _width(forecast)
    for name, group in _groups(settled).items():
        low[group] -= how.get(f"{name}.low", 0.0) * width[group]
        high[group] += how.get(f"{name}.high", 0.0) * width[group]
    return replace(forecast, low=np.minimum(low, forecast.middle), high=np.maximum(high, forecast.middle))


def _groups(settled: Floats) -> dict[str, Flags]:
    return {"few": settled < FEW, "many": settled >= FEW}


def _width(forecast: Forecast) -> Floats:
    return np.asarray(np.maximum(forecast.high - forecast.low, 1.0), dtype=np.float64)


def _level(distance: Floats) -> float:
    """The smallest move that leaves at most the allowed share outside, counting one outcome still to come."""
    count = len(distance)
    place = min(int(np.ceil((1 - MISS) * (count + 1))), count)
    return float(np.partition(distance, place - 1)[place - 1])
