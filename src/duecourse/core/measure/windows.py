"""Lengths of time that the figures look back over, in days. Windows are half-open: (as_of - n, as_of]."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl

QUARTER: Final = 90
COLLECT: Final = 30
"""Days after the due date within which money counts as collected."""
BUY_AGAIN: Final = 120
"""Days after a case closed within which a new invoice shows that the customer stayed."""
YEAR: Final = 365
HEARD: Final = 60
"""Days for which a word, a bounce or a failed payment speaks for a cause."""
PROMISE_GRACE: Final = 1
"""A promise is judged at the close of the day after its date, since banks take a day."""
SALES_MONTHS: Final = 36
"""Months of sales that countback may use; beyond them days cannot be counted."""
CASH_WEEKS: Final = 26
CONTACT_MONTHS: Final = 12
HISTORY: Final = BUY_AGAIN + QUARTER + 366
"""Days of contacts and promises that any figure of the last year can need."""


def within(column: str, as_of: date, *, days: int = QUARTER) -> pl.Expr:
    """True where a date lies in (as_of - days, as_of]."""
    return pl.col(column).is_between(as_of - timedelta(days=days), as_of, closed="right")
