"""Axes: round numbers that hold the data, and where a value lies between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` (at `bottom`) to `high` (at `top`), both in pixels down the page; `ticks` are round values between."""

    low: float
    high: float
    top: float
    bottom: float
    ticks: tuple[float, ...]

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def scale(values: Sequence[float], *, top: float, bottom: float, from_zero: bool = False) -> Scale:
    """A scale with two to four ticks that holds all values.

    >>> s = scale([41.2, 48.0], top=10, bottom=150)
    >>> s.ticks, s.low, s.high
    ((40.0, 45.0, 50.0), 40.0, 50.0)
    >>> scale([0, 1545], top=10, bottom=150, from_zero=True).ticks
    (0.0, 1000.0, 2000.0)
    >>> scale([7, 7], top=0, bottom=1).ticks
    (6.5, 7.0, 7.5)
    """
    low, high = (min(0.0, *values) if from_zero else min(values)), max(values)
    if high == low:
        low, high = (low, low + 1.0) if from_zero else (low - 0.5, high + 0.5)
    step = _round_step((high - low) / 2)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(n * step, 10) for n in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], top, bottom, ticks)


def _round_step(rough: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return min((m * power for m in (1, 2, 5, 10)), key=lambda step: abs(math.log(step / rough)))
