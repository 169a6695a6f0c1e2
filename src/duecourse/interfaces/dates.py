"""Dates and hours as they are read: in words, with the weekday, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language


def day(when: date, today: date | None = None, language: str | None = None) -> str:
    """A date in words; the year only where it is not this one.

    >>> day(date(2026, 12, 4), date(2026, 11, 24), "en"), day(date(2027, 1, 5), date(2026, 11, 24), "en")
    ('Friday 4 December', 'Tuesday 5 January 2027')
    """
    tongue = _tongue(language)
    year = today is not None and when.year != today.year
    if tongue.startswith("en"):
        return format_date(when, "EEEE d MMMM" + (" y" if year else ""), locale=tongue)
    return format_date(when, "full", locale=tongue)


def short(when: date, today: date | None = None, language: str | None = None) -> str:
    """A short date.

    >>> short(date(2026, 10, 21), date(2026, 11, 24), "en"), short(date(2025, 10, 21), date(2026, 11, 24), "en")
    ('21 Oct', '21 Oct 2025')
    """
    year = today is not None and when.year != today.year
    return format_date(when, "d MMM" + (" y" if year else ""), locale=_tongue(language))


def brief(when: date, language: str | None = None) -> str:
    """A short date with its weekday.

    >>> brief(date(2026, 11, 24), "en")
    'Tue 24 Nov'
    """
    return format_date(when, "EEE d MMM", locale=_tongue(language))


def clock(at: datetime, zone: str) -> str:
    """The time of day in a zone.

    >>> from datetime import UTC
    >>> clock(datetime(2026, 11, 24, 9, 14, tzinfo=UTC), "Australia/Brisbane")
    '19:14'
    """
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def stamp(at: datetime, now: datetime, zone: str) -> str:
    """An instant, short: with "today" for today, without the hour for what is older than a month.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)
    >>> stamp(datetime(2026, 11, 24, 9, 2, tzinfo=UTC), now, "UTC")
    '09:02 today'
    >>> stamp(datetime(2026, 11, 17, 18, 40, tzinfo=UTC), now, "UTC")
    '17 Nov, 18:40'
    >>> stamp(datetime(2025, 9, 1, tzinfo=UTC), now, "UTC")
    '1 Sep 2025'
    """
    there, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if there.date() == today:
        return f"{there:%H:%M} today"
    if now - at > timedelta(days=31):
        return short(there.date(), today, "en")
    return f"{short(there.date(), today, 'en')}, {there:%H:%M}"


def span(length: timedelta) -> str:
    """A length of time in the largest units that say it.

    >>> span(timedelta(minutes=38)), span(timedelta(hours=3, minutes=46)), span(timedelta(days=2, hours=5))
    ('38 min', '3 h 46', '2 days')
    """
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60:02d}"
    days = minutes // (24 * 60)
    return f"{days} day" + ("s" if days > 1 else "")


def place_of(zone: str) -> str:
    """The city that a zone is named after.

    >>> place_of("America/New_York"), place_of("UTC")
    ('New York', 'UTC')
    """
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _tongue(language: str | None) -> str:
    tongue = (language or get_language() or "en").replace("-", "_")
    # Every pattern for English is spelled out above, day before month; plain "en" says "Sep", not "Sept".
    return "en" if tongue.startswith("en") else tongue
