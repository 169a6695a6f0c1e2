"""How much is known of a customer, in words, so that a guess is never taken for knowledge."""

from __future__ import annotations

import numpy as np

from duecourse.core.predict.types import Floats, Ints

ENOUGH = 5
OWN, FEW, NONE = 2, 1, 0
"""Read from the customer's own invoices; from a few of them and all customers; from all customers alone."""


def standing(settled: Floats) -> Ints:
    """OWN, FEW or NONE for each number of settled invoices.

    >>> standing(np.array([0.0, 3.0, 40.0])).tolist()
    [0, 1, 2]
    """
    return np.where(settled >= ENOUGH, OWN, np.where(settled > 0, FEW, NONE)).astype(np.int64)


def standing_words(settled: int, *, others: int) -> str:
    """What the forecast rests on.

    >>> standing_words(0, others=1200)
    'Not enough data about this customer yet. This is how 1,200 invoices of all customers were paid.'
    """
    if settled >= ENOUGH:
        return f"Read from this customer's last {settled} settled invoices."
    if settled > 0:
        count = "one settled invoice" if settled == 1 else f"{settled} settled invoices"
        return f"Little is known: {count} of this customer, and {others:,} of all customers."
    return f"Not enough data about this customer yet. This is how {others:,} invoices of all customers were paid."
