"""Ratios, exact until the last step and null where there is nothing to divide by."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def ratio(part: int | Fraction, whole: int | Fraction, *, times: int = 1, places: int = 4) -> float | None:
    """`part / whole * times`, rounded half up; None where `whole` is not above zero.

    >>> ratio(511985, 1990370, times=90, places=2)
    23.15
    >>> ratio(0, 0) is None, ratio(0, 5)
    (True, 0.0)
    """
    return None if whole <= 0 else rounded(Fraction(part) / Fraction(whole) * times, places)


def rounded(value: Fraction, places: int) -> float:
    """Half up at so many decimals.

    >>> rounded(Fraction(1, 8), 2)
    0.13
    """
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
