"""A ratio rounded half up, exact until then; None where there is nothing to divide by."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def share(part: int | Fraction, whole: int | Fraction, times: int = 1, places: int = 4) -> float | None:
    if whole <= 0:
        return None
    exact = Fraction(part) * times / Fraction(whole)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return float(decimal.quantize(Decimal(10) ** -places, rounding=ROUND_HALF_UP))
