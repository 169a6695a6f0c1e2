"""The two simple forecasts that anything learned must beat."""

from __future__ import annotations

from bisect import bisect_left, insort

import numpy as np

from duecourse.core.predict.invoices import NEVER, Invoices
from duecourse.core.predict.types import Floats, Ints


def always_on_time(rows: Ints) -> Floats:
    """Everybody pays on the due date."""
    return np.zeros(len(rows))


def customer_as_of_median(book: Invoices, rows: Ints, at: Ints, *, otherwise: float) -> Floats:
    """Median days late of all that the customer had settled before `at`, without the invoice itself.

    `otherwise` stands where the customer had settled nothing.
    """
    out = np.full(len(rows), otherwise)
    paid = np.flatnonzero(book.settled < NEVER)
    events = sorted(zip(book.settled[paid].tolist(), paid.tolist(), strict=True))
    late = (book.settled - book.due).tolist()
    customer, settled = book.customer.tolist(), book.settled.tolist()
    known: dict[int, list[int]] = {}
    done = 0
    for i in np.argsort(at, kind="stable").tolist():
        day, row = int(at[i]), int(rows[i])
        while done < len(events) and events[done][0] < day:
            insort(known.setdefault(customer[events[done][1]], []), late[events[done][1]])
            done += 1
        days = known.get(customer[row], [])
        skip = bisect_left(days, late[row]) if settled[row] < day else len(days)
        if middle := _median_without(days, skip):
            out[i] = middle[0]
    return out


def _median_without(days: list[int], skip: int) -> tuple[float] | None:
    """Median of a sorted list without the element at `skip` (its length: without none); None where nothing is left."""
    count = len(days) - (skip < len(days))
    if not count:
        return None

    def nth(n: int) -> int:
        return days[n + (n >= skip)]

    return ((nth((count - 1) // 2) + nth(count // 2)) / 2,)
