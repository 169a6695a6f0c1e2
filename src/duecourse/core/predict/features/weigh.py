"""Means and quantiles along rows that may hold NaN, without warnings and the same on every machine."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.types import Floats, Ints


def halving(depth: int, half_life: float) -> Floats:
    """Weights that halve every `half_life` invoices.

    >>> halving(3, 1.0).tolist()
    [1.0, 0.5, 0.25]
    """
    return np.asarray(0.5 ** (np.arange(depth) / half_life), dtype=np.float64)


def mean(values: Floats, weights: Floats) -> Floats:
    """Weighted mean of each row; NaN where nothing weighs.

    >>> mean(np.array([[1.0, 3.0, np.nan]]), np.ones(3)).tolist()
    [2.0]
    """
    there = ~np.isnan(values)
    weighed = there * weights
    total = weighed.sum(axis=1)
    safe = np.where(total > 0, total, 1.0)
    return np.where(total > 0, (np.where(there, values, 0.0) * weighed).sum(axis=1) / safe, np.nan)


def ranked(values: Floats) -> tuple[Floats, Ints]:
    """Each row in rising order with NaN last, and how many numbers it holds."""
    return np.sort(values, axis=1), np.count_nonzero(~np.isnan(values), axis=1).astype(np.int64)


def quantile(in_order: Floats, count: Ints, share: float) -> Floats:
    """The quantile of each ranked row, between neighbours by straight line; NaN where the row is empty.

    >>> quantile(*ranked(np.array([[3.0, 1.0, np.nan], [np.nan] * 3])), 0.5).tolist()
    [2.0, nan]
    """
    last = np.maximum(count - 1, 0)
    place = last * share
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, last)
    low = np.take_along_axis(in_order, below[:, None], axis=1)[:, 0]
    high = np.take_along_axis(in_order, above[:, None], axis=1)[:, 0]
    return np.asarray(low + (high - low) * (place - below), dtype=np.float64)


def median(values: Floats) -> Floats:
    """Median of each row."""
    return quantile(*ranked(values), 0.5)
