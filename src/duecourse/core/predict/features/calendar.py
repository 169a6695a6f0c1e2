"""The due date on the calendar, and the terms."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.types import Floats, Ints

_EPOCH = 719_162


def calendar(view: View) -> dict[str, Floats]:
    book = view.book
    due = (view.due - _EPOCH).astype("datetime64[D]")
    month = due.astype("datetime64[M]")
    issued = book.has_issued[view.rows]
    terms = np.where(issued, (view.due - book.issued[view.rows]).astype(np.float64), np.nan)
    return {
        "due_weekday": view.weekday.astype(np.float64),
        "due_day_of_month": day_of_month(view.due).astype(np.float64),
        "due_days_to_month_end": ((month + 1).astype("datetime64[D]") - due).astype(np.float64),
        "issued_weekday": np.where(issued, (book.issued[view.rows] % 7).astype(np.float64), np.nan),
        "terms_days": terms,
        # After the due date the question is another one, answered by what is left of the same forecast.
        "days_to_due": np.maximum(view.due - view.at, 0).astype(np.float64),
    }


def day_of_month(days: Ints) -> Ints:
    """0 for the first of a month.

    >>> day_of_month(np.array([0, 31, 739943])).tolist()
    [0, 0, 23]
    """
    dates = (days - _EPOCH).astype("datetime64[D]")
    return np.asarray(dates - dates.astype("datetime64[M]"), dtype=np.int64)
