"""A promise as it may be read from a reply: how much and by when, for a person to confirm. Nothing is taken from it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from duecourse.interfaces.forgiving.amounts import amount
from duecourse.interfaces.forgiving.days import day

_AMOUNT = re.compile(
    r"(?:[£$€]\s?\d[\d.,' ]*\d|\d[\d.,']*\s?(?:GBP|EUR|USD|AUD|[£$€])|(?:GBP|EUR|USD|AUD)\s?\d[\d.,']*)", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b(\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|end of (?:the )?month|in \d+ (?:days?|weeks?))\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:full|whole|entire|all of it|everything|the balance|in full|invoice)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """Minor units and a day; None for what is not there."""

    minor: int | None
    by: date | None


def read(words: str, today: date, *, currency: str, owed_minor: int | None, day_first: bool = True) -> Read:
    """`owed_minor` stands for "in full" and for a promise that names no amount.

    >>> today = date(2026, 11, 24)
    >>> read("We will pay £150.00 by 4 December.", today, currency="GBP", owed_minor=99_000)
    Read(minor=15000, by=datetime.date(2026, 12, 4))
    >>> read("The full invoice goes out on Friday", today, currency="GBP", owed_minor=99_000)
    Read(minor=99000, by=datetime.date(2026, 11, 27))
    >>> read("Soon, I hope", today, currency="GBP", owed_minor=99_000)
    Read(minor=None, by=None)
    >>> [read(said, today, currency="GBP", owed_minor=1).by for said in ("On Friday 18 December", "5 Dec or 9 Dec")]
    [datetime.date(2026, 12, 18), None]
    """
    named = [found for m in _AMOUNT.finditer(words) if (found := amount(m[0], currency))]
    by = _when(words, today, day_first)
    if len(named) == 1:
        return Read(named[0], by)
    whole = not named and (by is not None or _ALL.search(words))
    return Read(owed_minor if whole and by else None, by)


def _when(words: str, today: date, day_first: bool) -> date | None:
    """The one date that is named, else the one day; None where there are several: a person reads them."""
    for pattern in (_DATE, _DAY):
        found = {when for m in pattern.finditer(words) if (when := day(m[1], today, day_first=day_first))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None
