"""A figure's value as a person reads it, the same on the command line and the dashboard."""

from __future__ import annotations

from duecourse.core.measure.definitions import Unit
from duecourse.interfaces.money import Money, words

NO_DATA = "–"
_BUCKETS = {
    "current": "Not yet due",
    "1-30": "1 to 30 days",
    "31-60": "31 to 60",
    "61-90": "61 to 90",
    "90+": "Over 90",
}


def worded(value: float | int | None, unit: Unit, currency: str) -> str:
    """The value with its unit; a dash where there is no data.

    >>> worded(None, "share", "GBP"), worded(0.924, "share", "GBP"), worded(41.2, "days", "GBP")
    ('–', '92.4 %', '41.2 days')
    >>> worded(511985, "money", "USD"), worded(96412, "count", "GBP")
    ('$5,119.85', '96,412')
    """
    if value is None:
        return NO_DATA
    if unit == "money":
        return words(Money(int(value), currency), "en")
    if unit == "share":
        return "under 0.01 %" if 0 < value < 0.0001 else f"{trimmed(value * 100)} %"
    if unit == "minutes":
        return f"{value:,} min"
    if unit == "days":
        return f"{trimmed(value)} days"
    return f"{value:,}"


def trimmed(number: float) -> str:
    """At most two decimals, none of them an idle zero beyond the first.

    >>> trimmed(92.4), trimmed(23.15), trimmed(100.0)
    ('92.4', '23.15', '100.0')
    """
    text = f"{number:.2f}"
    return text[:-1] if text.endswith("0") else text


def bucket_name(bucket: str) -> str:
    """An ageing bucket in words.

    >>> bucket_name("31-60")
    '31 to 60'
    """
    return _BUCKETS[bucket]
