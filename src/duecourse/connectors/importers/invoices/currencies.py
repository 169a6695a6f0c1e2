"""Currencies by ISO 4217: which codes exist and how many decimals each has."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from duecourse.core.money.currency import exponent

# Only signs that belong to one currency; "$", "kr" and "¥" do not.
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₺": "TRY",
    "₪": "ILS",
    "₴": "UAH",
    "₩": "KRW",
    "zł": "PLN",
    "Kč": "CZK",
    "R$": "BRL",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
}


@cache
def exponents() -> dict[str, int]:
    """Decimals of every active currency.

    >>> [exponents()[code] for code in ("JPY", "EUR", "KWD")]
    [0, 2, 3]
    """
    table = tomllib.loads(resources.files(__package__).joinpath("currencies.toml").read_text("utf-8"))
    return {code: exponent(code) for code in table["codes"]}
