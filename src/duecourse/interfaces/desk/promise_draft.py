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
_WHEN = re.compile(
    r"\b(?:(?:on|by|before|this|next|am|bis|le|el)\s+)?("
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+\d{4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{1,2}(?:st|nd|rd|th)?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|end of (?:the )?month|in \d+ (?:days?|weeks?))\b",
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
    """
    named = [found for m in _AMOUNT.finditer(words) if (found := amount(m[0], currency))]
    when = [found for m in _WHEN.finditer(words) if (found := day(m[1], today, day_first=day_first))]
    by = when[0] if when else None
    if len(named) == 1:
        return Read(named[0], by)
    whole = not named and (by is not None or _ALL.search(words))
    return Read(owed_minor if whole and by else None, by)
