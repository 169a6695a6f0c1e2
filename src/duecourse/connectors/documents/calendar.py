"""Due dates as a calendar file (RFC 5545): all-day events that say "Payment" and no more, for calendars are read by others.

>>> print(calendar([(1, date(2026, 12, 1))], name="plan-7f", title="Payment", version=1, host="pay.example",
...                at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC)).decode().split("\\r\\n")[5:9])
['BEGIN:VEVENT', 'UID:plan-7f-1@pay.example', 'SEQUENCE:0', 'DTSTAMP:20261125T093000Z']
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar(
    days: Sequence[tuple[int, date]], *, name: str, title: str, version: int, host: str, at: datetime
) -> bytes:
    """Events of (number, day). `name` and number stay the same over versions, so that a calendar moves what it has."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Duecourse//Dates//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for number, day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{name}-{number}@{host}",
            f"SEQUENCE:{version - 1}",
            f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{title.translate(_ESCAPED)}",
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _folded(line: str) -> str:
    """At most 75 bytes a line."""
    parts, here = [], ""
    for char in line:
        if len((here + char).encode()) > 74:
            parts.append(here)
            here = ""
        here += char
    return "\r\n ".join([*parts, here])
