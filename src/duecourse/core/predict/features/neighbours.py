"""Invoices of the customer that fell due around the same days: a payment run takes them together."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.features.weigh import mean, median
from duecourse.core.predict.types import Floats


def neighbours(view: View) -> dict[str, Floats]:
    """Settled ones that were due on the same day, within 3 days and within 10 days."""
    late = view.late
    due = view.of_known(view.book.due.astype(np.float64))
    away = np.abs(np.nan_to_num(due, nan=np.inf) - view.due[:, None])
    same, near, around = (np.where(away <= days, late, np.nan) for days in (0, 3, 10))
    return {
        "same_due_settled": _count(same),
        "same_due_late": mean(same, np.ones(late.shape[1])),
        "near_due_settled": _count(near),
        "near_due_median": median(near),
        "around_due_median": median(around),
    }


def _count(values: Floats) -> Floats:
    return np.asarray(np.count_nonzero(~np.isnan(values), axis=1), dtype=np.float64)
