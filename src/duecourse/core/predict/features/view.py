"""What a family of features may look at: the questions, and what was known when each was asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from duecourse.core.predict.history import History
from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.types import Flags, Floats, Ints


@dataclass(frozen=True)
class View:
    """Question i: when will invoice `rows[i]` be paid, asked on the morning of day `at[i]`?

    `known` (questions x depth) are row numbers of the customer's settled invoices, newest first, -1 for none. `closed`: weekdays on
    which banks do not pay.
    """

    book: Invoices
    rows: Ints
    at: Ints
    known: Ints
    closed: Ints

    @classmethod
    def of(cls, book: Invoices, rows: Ints, at: Ints, history: History, closed: Ints) -> View:
        return cls(book, rows, at, history.known(book, rows, at), closed)

    @cached_property
    def is_known(self) -> Flags:
        return self.known >= 0

    @cached_property
    def late(self) -> Floats:
        """Days late of the known invoices, newest first."""
        return self.of_known((self.book.settled - self.book.due).astype(np.float64))

    @cached_property
    def due(self) -> Ints:
        return self.book.due[self.rows]

    @cached_property
    def weekday(self) -> Ints:
        """Weekday of the due date, Monday is 0."""
        return self.due % 7

    @cached_property
    def size(self) -> Floats:
        """Size of the amount on a logarithmic scale, whatever its sign."""
        return np.log1p(np.abs(self.book.amount[self.rows]))

    def of_known(self, values: Floats) -> Floats:
        """The values of the known invoices, NaN where there is none."""
        return np.where(self.is_known, values[np.maximum(self.known, 0)], np.nan)
