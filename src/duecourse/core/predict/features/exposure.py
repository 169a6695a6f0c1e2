"""What else this customer had open when the question was asked, and how much of what fell due lately was paid."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.features.view import View
from duecourse.core.predict.invoices import SPAN
from duecourse.core.predict.types import Flags, Floats, Ints

WINDOW = 21
_WITHIN = 1024


def exposure(view: View) -> dict[str, Floats]:
    """Open and overdue invoices beside this one; amounts in the same currency, on a logarithmic scale."""
    book = view.book
    group = book.customer * (int(book.currency.max(initial=0)) + 1) + book.currency
    ones = np.ones(book.size)
    overdue = _open(view, book.customer, book.due, ones)
    fell_due, paid = _lately(view)
    return {
        "open_count": np.log1p(_open(view, book.customer, book.issued, ones)),
        "overdue_count": np.log1p(overdue),
        "overdue_amount": np.log1p(np.maximum(_open(view, group, book.due, np.abs(book.amount)), 0.0)),
        "fell_due_lately": np.log1p(fell_due),
        "paid_share_lately": np.where(fell_due > 0, paid / np.maximum(fell_due, 1), np.nan),
    }


def _open(view: View, group: Ints, since: Ints, values: Floats) -> Floats:
    """Sum of `values` over the group's other invoices that had begun by `since` and were not settled."""
    book = view.book
    begun = _before(view, group, since, values)
    ended = _before(view, group, np.maximum(since, book.settled), values)
    own = (since[view.rows] < view.at) & (book.settled[view.rows] >= view.at)
    return begun - ended - np.where(own, values[view.rows], 0.0)


def _before(view: View, group: Ints, day: Ints, values: Floats) -> Floats:
    key = group * SPAN + day
    order = np.argsort(key, kind="stable")
    sums = np.concatenate([[0.0], np.cumsum(values[order])])
    asked = group[view.rows] * SPAN
    first = np.searchsorted(key[order], asked, "left")
    last = np.searchsorted(key[order], asked + view.at, "left")
    return np.asarray(sums[last] - sums[first], dtype=np.float64)


def _lately(view: View) -> tuple[Floats, Floats]:
    """How many other invoices of the customer fell due in the last three weeks, and how many of them were settled."""
    book = view.book
    base = book.customer[view.rows] * SPAN
    by_due = np.sort(book.customer * SPAN + book.due)
    # Days from due to settled, squeezed into what one key can hold; only differences up to WINDOW matter.
    lag = np.clip(book.settled - book.due + WINDOW, 0, _WITHIN - 1)
    by_both = np.sort((book.customer * SPAN + book.due) * _WITHIN + lag)
    fell = np.searchsorted(by_due, base + view.at, "left") - np.searchsorted(by_due, base + view.at - WINDOW, "left")
    paid = np.zeros(len(view.rows), dtype=np.int64)
    for ago in range(1, WINDOW + 1):
        day = (base + view.at - ago) * _WITHIN
        paid += np.searchsorted(by_both, day + ago + WINDOW, "left") - np.searchsorted(by_both, day, "left")
    own_due: Flags = (view.due < view.at) & (view.due >= view.at - WINDOW)
    own_paid = own_due & (book.settled[view.rows] < view.at)
    return (fell - own_due).astype(np.float64), (paid - own_paid).astype(np.float64)
