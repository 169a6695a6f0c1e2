"""By when a person answers what a page could not decide."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from duecourse.interfaces.portal.entrance import Visit
from duecourse.interfaces.portal.owes import today

WORKING_DAYS = 3
"""Days of the week without Saturday and Sunday in which a person says yes or no to terms."""


def working_days_after(day: date, count: int) -> date:
    """
    >>> working_days_after(date(2026, 11, 26), 3)
    datetime.date(2026, 12, 1)
    """
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def answer_by(visit: Visit) -> tuple[date, datetime]:
    """The civil day, and the end of the pause: a day more, so that nothing leaves before the answer."""
    by = working_days_after(today(visit), WORKING_DAYS)
    zone = ZoneInfo(visit.account.creditor.timezone)
    return by, datetime.combine(by + timedelta(days=2), time(), zone).astimezone(UTC)
