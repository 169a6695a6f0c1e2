"""Chances that mean what they say: of cases with a chance of 30 in 100, about 30 in 100 come true.

A logistic curve over the log-odds of one or more first guesses, fitted on later invoices and drawn towards leaving the
first guess as it is where there are few (Platt 1999).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duecourse.core.predict.types import Flags, Floats

_EDGE = 1e-4
_PULL = 4.0
"""Strength of the pull towards the first guess: as much as some dozen outcomes."""


def odds(chance: Floats) -> Floats:
    """Log-odds of a chance, kept away from certainty."""
    safe = np.clip(chance, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(safe / (1 - safe)), dtype=np.float64)


def fit(guesses: Sequence[Floats], happened: Flags) -> list[float]:
    """Weights: first a constant, then one a guess (chances). With no outcomes: the mean of the guesses' log-odds.

    >>> fit([np.array([0.2, 0.7])], np.array([], dtype=bool)[:0]) == [0.0, 1.0]
    True
    """
    start = np.array([0.0, *[1.0 / len(guesses)] * len(guesses)])
    if not len(happened):
        return [float(w) for w in start]
    grid = _grid(guesses)

    def loss(weights: Floats) -> float:
        # log(1 + e^x) - y x, summed: minus the log-likelihood.
        x = grid @ weights
        return float((np.logaddexp(0.0, x) - happened * x).sum() + _PULL / 2 * ((weights - start) ** 2).sum())

    weights = start.copy()
    for _ in range(50):
        chance = _logistic(grid @ weights)
        slope = grid.T @ (chance - happened) + _PULL * (weights - start)
        bend = (grid * (chance * (1 - chance))[:, None]).T @ grid + _PULL * np.eye(len(start))
        step = np.linalg.solve(bend, slope)
        # Newton's step overshoots where first guesses are far off; halved until it helps.
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-9:
            step /= 2
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return [float(w) for w in weights]


def apply(weights: Sequence[float], guesses: Sequence[Floats]) -> Floats:
    """The mended chance."""
    return _logistic(_grid(guesses) @ np.array(weights))


def _logistic(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float64)


def _grid(guesses: Sequence[Floats]) -> Floats:
    return np.column_stack([np.ones(len(guesses[0])), *[odds(guess) for guess in guesses]])
