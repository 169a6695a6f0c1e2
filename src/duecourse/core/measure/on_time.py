"""On time: of the invoices that fell due, those whose money was there on the due date."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.measure.collection import asked_and_paid
from duecourse.core.measure.sheet import Sheet


def on_time_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, due, asked, paid, on_time: invoices that fell due in the last 90 days."""
    return asked_and_paid(sheet, as_of, days=0).with_columns(on_time=pl.col("paid") >= pl.col("asked"))
