"""Stripe's minor units against ISO 4217's. Source: docs.stripe.com/currencies, read 2026-11.

They agree but for ISK and UGX, which have no decimals in ISO 4217 and two at Stripe, always 00. Currencies with
three decimals need a last digit of 0.
"""

from __future__ import annotations

from duecourse.connectors.gateways.errors import Refused

_TWO_MORE = {"ISK", "UGX"}
_LAST_DIGIT_ZERO = {"BHD", "JOD", "KWD", "OMR", "TND"}


def to_stripe(amount_minor: int, currency: str) -> int:
    """Our minor units in Stripe's. Raises Refused for an amount that Stripe cannot take to the last digit.

    >>> to_stripe(1050, "GBP"), to_stripe(1050, "JPY"), to_stripe(1050, "ISK"), to_stripe(1050, "KWD")
    (1050, 1050, 105000, 1050)
    """
    if currency in _LAST_DIGIT_ZERO and amount_minor % 10:
        raise Refused("amount_needs_last_digit_zero")
    return amount_minor * 100 if currency in _TWO_MORE else amount_minor


def from_stripe(amount: int, currency: str) -> int:
    """Stripe's minor units in ours. Raises ValueError for a fraction that the currency does not have.

    >>> from_stripe(105000, "ISK"), from_stripe(1050, "GBP")
    (1050, 1050)
    """
    if currency not in _TWO_MORE:
        return amount
    whole, rest = divmod(amount, 100)
    if rest:
        raise ValueError("A fraction of a currency without one")
    return whole
