"""A share counted on few cases, drawn towards the share of all: little data moves it little."""

from __future__ import annotations

ENOUGH_OF_ALL = 20
"""Cases over all customers below which nothing is said."""
WEIGHT = 4.0
"""The share of all customers counts as this many cases of the customer's own."""


def shrunk(own: int, of: int, *, all_own: int, all_of: int, weight: float = WEIGHT) -> float | None:
    """The chance that the next case of a customer turns out like `own` of their `of` cases did.

    `all_own` of `all_of` did over all customers, this one included; one yes and one no are added, so that no share is certain.
    None where there are too few over all.

    >>> shrunk(0, 0, all_own=80, all_of=98)
    0.81
    >>> shrunk(0, 4, all_own=80, all_of=98), shrunk(0, 2, all_own=3, all_of=9) is None
    (0.405, True)
    """
    if all_of < ENOUGH_OF_ALL:
        return None
    mean = (all_own + 1) / (all_of + 2)
    return round((own + weight * mean) / (of + weight), 6)
