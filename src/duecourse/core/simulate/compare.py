"""Two strategies over the same worlds: differences in pairs, with intervals over worlds and over the customers in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from duecourse.core.simulate.outcome import MEASURES, Measure, value

LEVEL: Final = 0.95
T_975: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""Student's t for 95 in 100 by degrees of freedom from 1 to 30; beyond that 1.96 and a bit."""


@dataclass(frozen=True)
class Difference:
    """`new` less `now`, with the ends of its interval; None where there is nothing to compare.

    `says` is better, worse, no_clear_change or cannot_tell.
    """

    measure: Measure
    now: float | None
    new: float | None
    mean: float | None
    low: float | None
    high: float | None
    says: str


def compare(now: Sequence[pl.DataFrame], new: Sequence[pl.DataFrame]) -> list[Difference]:
    """One difference a measure. The frames are of `outcome.by_customer`, one a seed, in the same order of seeds."""
    assert len(now) == len(new) > 0, "each seed is lived under both strategies"
    return [_difference(measure, now, new) for measure in MEASURES]


def _difference(measure: Measure, now: Sequence[pl.DataFrame], new: Sequence[pl.DataFrame]) -> Difference:
    worlds = [
        (before, after, left, right)
        for left, right in zip(now, new, strict=True)
        if (before := value(left, measure)) is not None and (after := value(right, measure)) is not None
    ]
    if not worlds:
        return Difference(measure, None, None, None, None, None, "cannot_tell")
    pairs = [(before, after) for before, after, _, _ in worlds]
    gaps = [after - before for before, after in pairs]
    mean = sum(gaps) / len(gaps)
    # Of two honest widths the larger: few worlds may differ by chance in the same way, many hold more than one customer's luck.
    within = math.sqrt(sum(_over_customers(measure, left, right) ** 2 for _, _, left, right in worlds)) / len(worlds)
    half = max(within, _over_seeds(gaps) if len(gaps) > 1 else 0.0)
    low, high = mean - half, mean + half
    mean_now, mean_new = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    return Difference(measure, mean_now, mean_new, mean, low, high, _says(measure, low, high))


def _says(measure: Measure, low: float, high: float) -> str:
    if low <= 0 <= high:
        return "no_clear_change"
    return "better" if (low > 0) == (measure.more_is == "better") else "worse"


def _over_seeds(gaps: Sequence[float]) -> float:
    """Half the interval of a mean over worlds."""
    n = len(gaps)
    t = T_975[n - 2] if n - 2 < len(T_975) else 1.96 + 2.4 / (n - 1)
    return t * float(np.std(gaps, ddof=1)) / math.sqrt(n)


def _over_customers(measure: Measure, now: pl.DataFrame, new: pl.DataFrame) -> float:
    """Half the interval of a difference of ratios within one world, by linearisation over pairs of customers."""
    parts = []
    for frame in (now, new):
        above, below = frame[measure.above].to_numpy(), frame[measure.below].to_numpy()
        parts.append((above - below * above.sum() / below.sum()) / below.mean())
    gap = measure.times * (parts[1] - parts[0])
    return 1.96 * float(np.std(gap, ddof=1)) / math.sqrt(gap.size)
