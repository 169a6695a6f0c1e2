"""Customers who pay by the day of the month: at its end, on the fifth, in the second run."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from duecourse.core.predict.features.calendar import day_of_month
from duecourse.core.predict.features.view import View
from duecourse.core.predict.features.weigh import mean
from duecourse.core.predict.types import Floats

_PARTS = (0, 5, 10, 15, 20, 25, 31)
_NEAR = 2.0
"""Days of the month this far apart count six tenths as alike."""


def monthday(view: View) -> dict[str, Floats]:
    """Shares of payments by part of the month, and days late of what was due around the same day of a month."""
    paid = np.where(view.is_known, day_of_month(view.book.settled)[np.maximum(view.known, 0)], -1)
    count = np.maximum(np.count_nonzero(view.is_known, axis=1), 1)
    due = view.of_known(day_of_month(view.book.due).astype(np.float64))
    apart = np.abs(due - day_of_month(view.due)[:, None])
    apart = np.minimum(apart, 30 - apart)
    weights = np.nan_to_num(np.exp(-((apart / _NEAR) ** 2) / 2))
    return {
        **{
            f"pays_from_{low + 1}": np.count_nonzero((paid >= low) & (paid < high), axis=1) / count
            for low, high in pairwise(_PARTS)
        },
        "late_near_monthday": mean(view.late, np.where(weights > 1e-6, weights, 0.0)),
    }
