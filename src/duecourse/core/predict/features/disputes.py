"""What was disputed by then: this invoice, and how often the customer disputes."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.invoices import SPAN
from duecourse.core.predict.types import Floats

YEAR = 365


def disputes(view: View) -> dict[str, Floats]:
    """A dispute counts from the day after it was raised; a final mark without a date is never read."""
    book = view.book
    raised = np.sort(book.customer * SPAN + book.disputed)
    group = book.customer[view.rows] * SPAN
    before = np.searchsorted(raised, group + view.at, "left")
    since = np.searchsorted(raised, group + np.maximum(view.at - YEAR, 0), "left")
    return {
        "disputed": (book.disputed[view.rows] < view.at).astype(np.float64),
        "disputes_year": np.log1p(before - since),
    }
