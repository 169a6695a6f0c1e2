"""Even numbers in [0, 1) bent into the shapes that the world has."""

from __future__ import annotations

import numpy as np

from duecourse.core.facts.lot import Lots


def bell(u: Lots) -> Lots:
    """A standard normal value for each: the logistic curve, cut at 3.5 and scaled; simple, and near enough for habits.

    >>> bell(np.array([0.5])).tolist()
    [0.0]
    """
    safe = np.clip(u, 1e-6, 1 - 1e-6)
    logit = np.log(safe / (1 - safe)) / 1.702
    return np.asarray(np.clip(logit, -3.5, 3.5), dtype=np.float64)


def spread(u: Lots, sd: float) -> Lots:
    """Log-normal with mean 1."""
    return np.asarray(np.exp(sd * bell(u) - sd * sd / 2), dtype=np.float64)


def wait(u: Lots, mean: float) -> Lots:
    """Exponential with this mean.

    >>> wait(np.array([0.5]), 10.0).round(2).tolist()
    [6.93]
    """
    return np.asarray(-mean * np.log1p(-u), dtype=np.float64)
