"""Currencies and their minor units (ISO 4217)."""

from __future__ import annotations

from typing import Final

import polars as pl

_EXPONENTS: Final[dict[str, int]] = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}  # fmt: skip
"""Source: ISO 4217 list one. A currency that is not here has two decimals."""


def exponent(currency: str) -> int:
    """Decimals of a currency.

    >>> exponent("GBP"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return _EXPONENTS.get(currency, 2)


def scaled(amount: int, currency: pl.Expr) -> pl.Expr:
    """An amount given for two decimals, in each row's own minor units (5.00 → 5 yen is not meant: 500 → 500 fils x 10)."""
    return currency.replace_strict(
        {c: amount * 10**e // 100 for c, e in _EXPONENTS.items()}, default=amount, return_dtype=pl.Int64
    )
