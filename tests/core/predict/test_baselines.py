"""The as-of median against one counted row by row."""

from __future__ import annotations

from statistics import median

import numpy as np
from hypothesis import given, settings

from duecourse.core.predict.baselines import customer_as_of_median
from duecourse.core.predict.invoices import NEVER, Invoices
from tests.core.predict import books


@settings(max_examples=80)
@given(rows=books.invoices)
def test_as_counted_row_by_row(rows):
    book = Invoices.of(books.frame(rows))
    asked, at = np.arange(book.size), book.due - 3
    found = customer_as_of_median(book, asked, at, otherwise=-99.0)
    for i in range(book.size):
        known = [
            int(book.settled[j] - book.due[j])
            for j in range(book.size)
            if j != i and book.customer[j] == book.customer[i] and book.settled[j] < min(int(at[i]), NEVER)
        ]
        assert found[i] == (median(known) if known else -99.0)
