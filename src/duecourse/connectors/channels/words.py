"""Amounts and dates as a reader expects them, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from duecourse.core.money.currency import exponent


@lru_cache(maxsize=256)
def locale(language: str, country: str = "") -> Locale:
    """The closest locale there is; English (GB) where the language is unknown."""
    for name in (f"{language.replace('-', '_')}_{country}", language.replace("-", "_")):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


def amount(minor: int, currency: str, where: Locale) -> str:
    """An amount in words for print.

    >>> amount(128460, "GBP", locale("en", "GB")), amount(1000, "JPY", locale("en", "GB"))
    ('£1,284.60', 'JP¥1,000')
    """
    places = exponent(currency)
    return format_currency(Decimal(minor).scaleb(-places), currency, locale=where, currency_digits=True)


def amounts(by_currency: Iterable[tuple[str, int]], where: Locale) -> str:
    """Totals side by side; currencies are never added."""
    return " + ".join(amount(minor, currency, where) for currency, minor in sorted(by_currency))


def day(when: date, where: Locale, *, weekday: bool = False) -> str:
    """A civil date in words, with the weekday where it is a date to act by.

    >>> day(date(2026, 12, 4), locale("en", "GB"), weekday=True)
    'Friday 4 December'
    """
    if not weekday:
        return format_date(when, "long", locale=where)
    text = format_date(when, "full", locale=where)
    year = str(when.year)
    for tail in (f" {year}", f", {year}", f" de {year}"):
        text = text.removesuffix(tail)
    return text.replace(",", "")
