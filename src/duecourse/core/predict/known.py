"""What can be learned from on a day: the questions asked before it, and what was known of their answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.types import Flags, Floats, Ints

RIPE_DAYS = 30
"""An open invoice this many days overdue counts as late as it is."""


@dataclass(frozen=True)
class Known:
    """`asked`: which questions may be learned from. `days`: days late, for open invoices as late as they are by now.

    An invoice that is due later than today is left out even if it is paid: of those only the early payers are known.
    One that is open and fell due lately is left out too: that it is three days late today says little of the end.
    """

    asked: Flags
    days: Floats
    settled: Flags


def known_by(book: Invoices, rows: Ints, at: Ints, until: int) -> Known:
    """What was known on the morning of `until`."""
    settled = book.settled[rows] < until
    days = np.where(settled, book.settled[rows], until) - book.due[rows]
    asked = (at < until) & (book.due[rows] < until) & (settled | (days > RIPE_DAYS))
    return Known(asked, days.astype(np.float64), settled)
