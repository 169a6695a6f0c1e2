"""The newest settled invoices that were known when a question was asked. The one place where time is guarded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from duecourse.core.predict.invoices import SPAN, Invoices
from duecourse.core.predict.types import Ints

DEPTH = 60
"""How many settled invoices back a habit is read from."""


@dataclass(frozen=True)
class History:
    """A book's settlements by customer, oldest first. `keys` sorts them; `order` holds their row numbers."""

    keys: Ints
    order: Ints

    @classmethod
    def of(cls, book: Invoices) -> History:
        # Ties on a day are ordered by what the invoice is, not by its row: shuffled rows give the same features.
        order = np.lexsort((book.amount, book.due, book.settled, book.customer)).astype(np.int64)
        return cls(keys=book.customer[order] * SPAN + book.settled[order], order=order)

    def known(self, book: Invoices, rows: Ints, at: Ints, *, depth: int = DEPTH) -> Ints:
        """What was settled before the morning of `at`, by the same customer, without the invoice itself.

        Gives (questions x depth) row numbers, newest first and -1 where there are fewer.
        """
        group = book.customer[rows] * SPAN
        start = np.searchsorted(self.keys, group, "left")
        end = np.searchsorted(self.keys, group + at, "left")
        place = end[:, None] - 1 - np.arange(depth + 1)
        found = np.where(place >= start[:, None], self.order[np.maximum(place, 0)], -1)
        own = found == rows[:, None]
        # The invoice's own settlement is not history: it is closed up over.
        shift = np.where(own.any(axis=1), own.argmax(axis=1), depth)[:, None]
        kept = np.arange(depth) + (np.arange(depth) >= shift)
        return np.take_along_axis(found, kept, axis=1)
