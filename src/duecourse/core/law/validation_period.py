"""The last day on which a debt may be disputed with full effect: 12 CFR 1006.34(b)(5)."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.rules.validation import last_day


def validation_end(sent_on: date, rules: Rulebook) -> date:
    """End date to print on a notice that is sent on this day (where the consumer is): five business days for the post, then
    thirty days.

    >>> validation_end(date(2026, 11, 25), Rulebook.load(as_of=date(2026, 11, 25)))
    datetime.date(2027, 1, 2)
    """
    numbers = rules["US-REGF-34-VALIDATION"].numbers
    ends = last_day(pl.col("sent"), pl.lit(None, dtype=pl.Date), sent_on.year - 1, sent_on.year + 1, numbers)
    return pl.DataFrame({"sent": [sent_on]}).select(ends).item()  # type: ignore[no-any-return]
