"""Countries by code or by name in the languages of the header words."""

from __future__ import annotations

from functools import cache

from babel import Locale

from duecourse.connectors.importers.invoices.words import LANGUAGES

_ALSO = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "uk": "GB",
    "u.k.": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "great britain": "GB",
    "northern ireland": "GB",
    "united states of america": "US",
    "holland": "NL",
    "eire": "IE",
    "brd": "DE",
    "deu": "DE",
    "gbr": "GB",
    "fra": "FR",
    "esp": "ES",
    "aut": "AT",
    "che": "CH",
    "nld": "NL",
    "bel": "BE",
    "ita": "IT",
    "aus": "AU",
    "nzl": "NZ",
    "can": "CA",
    "irl": "IE",
    "mex": "MX",
    "zaf": "ZA",
    "ind": "IN",
    "d": "DE",
    "f": "FR",
    "a": "AT",
    "i": "IT",
    "e": "ES",
    "méxico": "MX",
    "república checa": "CZ",
}


@cache
def country_codes() -> dict[str, str]:
    """Lower-case code or name to ISO 3166 alpha-2.

    >>> [country_codes().get(c) for c in ("gb", "deutschland", "états-unis", "usa", "391")]
    ['GB', 'DE', 'US', 'US', None]
    """
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB"):
                names[name.casefold()] = code
                names[code.casefold()] = code
    return names | _ALSO
