"""Rounding, always by name. Amounts are exact fractions until the one place where they become minor units."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Rounding(StrEnum):
    """How a fraction of a minor unit is settled. `docs/algorithms.md` has a table of each."""

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"  # halves go away from zero
    DOWN = "down"  # toward minus infinity: to the customer's good where the customer pays
    UP = "up"  # toward plus infinity


def rounded(exact: Fraction, how: Rounding) -> int:
    """Whole minor units.

    >>> [rounded(Fraction(5, 2), how) for how in Rounding]
    [2, 3, 2, 3]
    >>> [rounded(Fraction(-5, 2), how) for how in Rounding]
    [-2, -3, -3, -2]
    """
    if how is Rounding.DOWN:
        return floor(exact)
    if how is Rounding.UP:
        return ceil(exact)
    if how is Rounding.HALF_EVEN:
        return round(exact)  # of a Fraction: exact, halves to even
    return floor(exact + Fraction(1, 2)) if exact >= 0 else ceil(exact - Fraction(1, 2))
