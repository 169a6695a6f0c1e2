"""A book of invoices as columns of equal length: what features, fits and evaluations are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from duecourse.core.predict.types import Flags, Floats, Ints

NEVER = 3_800_000
"""Later than any date: the day on which an open invoice is settled, as far as is known."""
SPAN = 1 << 22
"""More days than there are between any two dates: `group * SPAN + day` sorts by group, then by day."""
_EPOCH = date(1970, 1, 1).toordinal()

SCHEMA: Mapping[str, Any] = {
    "customer": pl.String,
    "currency": pl.String,
    "terms": pl.String,
    "amount": pl.Int64,
    "issued": pl.Date,
    "due": pl.Date,
    "settled": pl.Date,
    "disputed": pl.Date,
}
"""Column → type. `amount` in minor units; empty text and null dates where nothing is known; `due` is never null."""


@dataclass(frozen=True)
class Invoices:
    """Rows keep the order of the frame. Days count from 0001-01-01; `NEVER` where a date is not known.

    `issued` falls back to the due date: an invoice of unknown issue is surely out on the day on which it is due.
    """

    customer: Ints
    currency: Ints
    terms: Ints
    amount: Floats
    issued: Ints
    has_issued: Flags
    due: Ints
    settled: Ints
    disputed: Ints

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Invoices:
        """From a frame with the columns of `SCHEMA`; all but customer, amount and due may be absent.

        Raises ValueError where `due` is null.

        >>> frame = pl.DataFrame({"customer": ["a"], "amount": [500], "due": [date(2026, 1, 2)]})
        >>> Invoices.of(frame).settled.tolist() == [NEVER]
        True
        """
        whole = frame.select(
            (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in SCHEMA.items()
        )
        if whole["due"].null_count():
            raise ValueError("an invoice has no due date")
        due = _days(whole["due"])
        issued = _days(whole["issued"])
        has_issued = issued < NEVER
        return cls(
            customer=_codes(whole["customer"]),
            currency=_codes(whole["currency"]),
            terms=_codes(whole["terms"]),
            amount=whole["amount"].fill_null(0).cast(pl.Float64).to_numpy(),
            issued=np.where(has_issued, np.minimum(issued, due), due),
            has_issued=has_issued,
            due=due,
            settled=_days(whole["settled"]),
            disputed=_days(whole["disputed"]),
        )

    @property
    def size(self) -> int:
        return len(self.due)

    @property
    def days_late(self) -> Floats:
        """Days from due to settled, negative when early, NaN while open."""
        return np.where(self.settled < NEVER, (self.settled - self.due).astype(np.float64), np.nan)


def day_number(day: date) -> int:
    """Days since 0001-01-01.

    >>> day_number(date(1, 1, 1)), day_number(date(2026, 11, 24))
    (0, 739943)
    """
    return day.toordinal() - 1


def _days(column: pl.Series) -> Ints:
    filled = column.to_physical().cast(pl.Int64) + (_EPOCH - 1)
    return filled.fill_null(NEVER).to_numpy().copy()


def _codes(column: pl.Series) -> Ints:
    """One number a distinct text; null and empty are one text."""
    return column.fill_null("").rank("dense").cast(pl.Int64).to_numpy().copy()
