"""How good forecasts were, each figure once. None where there is nothing to say."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.types import Flags, Floats


def mean_error(forecast: Floats, actual: Floats) -> float | None:
    """Mean absolute error in days.

    >>> mean_error(np.array([1.0, 5.0]), np.array([2.0, 2.0]))
    2.0
    """
    return None if not len(actual) else float(np.abs(forecast - actual).mean())


def root_error(forecast: Floats, actual: Floats) -> float | None:
    """Root of the mean squared error, in days."""
    return None if not len(actual) else float(np.sqrt(((forecast - actual) ** 2).mean()))


def auc(chance: Floats, happened: Flags) -> float | None:
    """How often a case that happened was given the higher chance than one that did not; a tie counts half.

    None where all cases ended alike (Mann and Whitney 1947).

    >>> auc(np.array([0.1, 0.4, 0.4, 0.9]), np.array([False, False, True, True]))
    0.875
    """
    yes = int(happened.sum())
    no = len(happened) - yes
    if not yes or not no:
        return None
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((rank[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def brier(chance: Floats, happened: Flags) -> float | None:
    """Mean squared distance between the chance and what happened: 0 is best (Brier 1950).

    >>> brier(np.array([1.0, 0.5]), np.array([True, False]))
    0.125
    """
    return None if not len(happened) else float(((chance - happened) ** 2).mean())


def coverage(low: Floats, high: Floats, actual: Floats) -> float | None:
    """Share of cases inside their interval, both ends included.

    >>> coverage(np.array([0.0, 0.0]), np.array([2.0, 2.0]), np.array([2.0, 3.0]))
    0.5
    """
    return None if not len(actual) else float(((low <= actual) & (actual <= high)).mean())
