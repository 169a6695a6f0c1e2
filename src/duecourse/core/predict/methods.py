"""Ways to forecast, from the simplest to the learned. Each gives a first forecast that calibration then mends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import numpy as np

from duecourse.core.predict import boosters
from duecourse.core.predict.features.as_of import matrix
from duecourse.core.predict.types import Flags, Floats

SHARES = {"low": 0.1, "middle": 0.5, "high": 0.9}
Trees = Mapping[str, list[str]]
"""`low`, `middle`, `high`, `late` → the members' texts."""
SHRINK = 5.0
"""The spread of all customers counts as this many invoices of the customer's own."""


@dataclass(frozen=True)
class Forecast:
    """Days late with a band that should hold 80 of 100, and the chance of being late. One number a question each."""

    low: Floats
    middle: Floats
    high: Floats
    late: Floats

    def where(self, chosen: Flags) -> Forecast:
        """The chosen questions only."""
        return Forecast(self.low[chosen], self.middle[chosen], self.high[chosen], self.late[chosen])


@dataclass(frozen=True)
class Prior:
    """What is known of all customers together: days late at 10, 50 and 90 of 100, share late, and from how many invoices."""

    low: float
    middle: float
    high: float
    late: float
    count: int

    @classmethod
    def of(cls, days: Floats) -> Prior:
        """From days late; all zero where there are none, with `count` 0 to say so."""
        if not len(days):
            return cls(0.0, 0.0, 0.0, 0.0, 0)
        low, middle, high = (float(np.quantile(days, share)) for share in SHARES.values())
        return cls(low, middle, high, float((days > 0).mean()), len(days))

    def to_json(self) -> dict[str, float]:
        return asdict(self)


def always_on_time(features: Mapping[str, Floats], prior: Prior) -> Forecast:
    """The due date, with the spread and the chance of all customers."""
    every = np.ones(len(features["settled"]))
    return Forecast(every * min(prior.low, 0.0), every * 0.0, every * max(prior.high, 0.0), every * prior.late)


def customer_as_of_median(features: Mapping[str, Floats], prior: Prior) -> Forecast:
    """The middle of what the customer's settled invoices were late."""
    return _habit(features, prior, "late_q50", "late_q10", "late_q90")


def usual_day(features: Mapping[str, Floats], prior: Prior) -> Forecast:
    """The customer's habit in working days after the due date."""
    return _habit(features, prior, "usual_day", "after_q10", "after_q90")


SIMPLE: Mapping[str, Callable[[Mapping[str, Floats], Prior], Forecast]] = {
    "always_on_time": always_on_time,
    "customer_as_of_median": customer_as_of_median,
    "usual_day": usual_day,
}


def learn(features: Mapping[str, Floats], days: Floats, prior: Prior, names: list[str], seed: int) -> Trees:
    """Trees for low, middle, high (how far from the usual day) and for the chance of being late."""
    grid = matrix(dict(features), names)
    off = days - _anchor(features, prior)
    trees = {name: boosters.train(grid, off, share=share, seed=seed) for name, share in SHARES.items()}
    late: Flags = days > 0
    return {**trees, "late": boosters.train(grid, late.astype(np.float64), share=None, seed=seed)}


def learned(features: Mapping[str, Floats], prior: Prior, trees: Trees, names: list[str]) -> Forecast:
    """What the trees say."""
    grid = matrix(dict(features), names)
    anchor = _anchor(features, prior)
    low, middle, high = (anchor + boosters.ask(trees[name], grid) for name in SHARES)
    # Payments happen on whole days; the middle of whole days is a whole day.
    middle = np.rint(middle) + 0.0  # never -0.0
    return Forecast(np.minimum(low, middle), middle, np.maximum(high, middle), boosters.ask(trees["late"], grid))


def _anchor(features: Mapping[str, Floats], prior: Prior) -> Floats:
    return np.nan_to_num(features["usual_day"], nan=prior.middle)


def _habit(features: Mapping[str, Floats], prior: Prior, middle: str, low: str, high: str) -> Forecast:
    known = features["settled"]
    centre = np.nan_to_num(features[middle], nan=prior.middle)

    def towards(name: str, whole: float) -> Floats:
        own = np.nan_to_num(features[name] - centre)
        return np.asarray(centre + (known * own + SHRINK * (whole - prior.middle)) / (known + SHRINK))

    return Forecast(
        np.minimum(towards(low, prior.low), centre),
        centre,
        np.maximum(towards(high, prior.high), centre),
        features["share_late_shrunk"],
    )
