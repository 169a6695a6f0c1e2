"""Money as it is read: the currency's own decimals, the language's own signs, never broken across lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, get_decimal_symbol
from django.utils.translation import get_language

from duecourse.core.money.currency import exponent


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of an ISO 4217 currency."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return words(self)


def plain(money: Money) -> str:
    """The amount as a machine reads it.

    >>> plain(Money(128460, "GBP")), plain(Money(900, "JPY")), plain(Money(-5, "KWD"))
    ('1284.60', '900', '-0.005')
    """
    return f"{Decimal(money.minor).scaleb(-exponent(money.currency)):f}"


def words(money: Money, language: str | None = None) -> str:
    """The amount as a person reads it.

    >>> words(Money(128460, "GBP"), "en"), words(Money(346000, "AUD"), "en"), words(Money(900, "JPY"), "en")
    ('£1,284.60', 'A$3,460.00', '¥900')
    """
    return "".join(parts(money, language))


def parts(money: Money, language: str | None = None) -> tuple[str, str, str]:
    """Major part, minor part with its sign, and what follows; the minor part is set lighter.

    >>> parts(Money(128460, "GBP"), "en")
    ('£1,284', '.60', '')
    >>> parts(Money(128460, "EUR"), "de")
    ('1.284', ',60', '\\xa0€')
    """
    locale = _locale(language or get_language() or "en")
    digits = exponent(money.currency)
    text = format_currency(
        Decimal(money.minor).scaleb(-digits),
        money.currency,
        format=_pattern(locale, digits),
        locale=locale,
        currency_digits=False,
    )
    # A code needs a gap before the number; a symbol does not.
    text = re.sub(r"(?<=[A-Z]{3})(?=\d)", "\xa0", text).replace("-", "−")
    if not digits:
        return text, "", ""
    symbol = get_decimal_symbol(locale)
    at = text.rindex(symbol)
    end = at + len(symbol) + digits
    return text[:at], text[at:end], text[end:]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    # "en" and not "en-GB": a dollar amount in a dollar book reads "$412.75", not "US$412.75".
    return Locale.parse(language.split("-")[0] if language.startswith("en") else language, sep="-")


@lru_cache(maxsize=64)
def _pattern(locale: Locale, digits: int) -> str:
    """The language's pattern with the currency's own number of decimals."""
    return re.sub(r"0\.0+", "0" + ("." + "0" * digits if digits else ""), locale.currency_formats["standard"].pattern)
