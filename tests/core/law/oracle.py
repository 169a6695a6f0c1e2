"""A second opinion on hours and call counting: plain Python, one contact at a time, days counted by hand.

It shares no code with the gate, so that an error in one does not hide in the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass
class Consumer:
    """One consumer of a United States collector."""

    zones: list[str]
    ruled_out: list[tuple[set[int] | None, int, int]] = field(
        default_factory=list
    )  # weekdays (0 = Monday), from, to minute
    calls: list[tuple[datetime, bool, bool]] = field(default_factory=list)  # when, connected, conversation


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def hours_allow(person: Consumer, at: datetime) -> bool:
    """8:00 up to 21:00 in every possible place, and outside what the consumer ruled out."""
    for zone in person.zones:
        clock = local(at, zone)
        if clock.hour < 8 or clock.hour >= 21:
            return False
    clock = local(at, person.zones[0])
    minute = clock.hour * 60 + clock.minute
    return not any(
        (days is None or clock.weekday() in days) and start <= minute < end for days, start, end in person.ruled_out
    )


def calls_allow(person: Consumer, at: datetime, known: datetime) -> bool:
    """Fewer than seven connected calls in the seven local days up to today, and no conversation in those days."""
    today = local(at, person.zones[0]).date()
    days = {today - timedelta(days=back) for back in range(7)}
    placed = 0
    for when, connected, talked in person.calls:
        if when > known:
            continue
        day: date = local(when, person.zones[0]).date()
        if day in days:
            if talked:
                return False
            placed += connected
    return placed < 7


def allows(person: Consumer, at: datetime, known: datetime) -> bool:
    """May this consumer be called at `at`, by what is known at `known`?"""
    return hours_allow(person, at) and calls_allow(person, at, known)


def first_allowed(person: Consumer, at: datetime) -> datetime | None:
    """First whole minute after `at`, of the next twenty days, at which a call may go; None where there is none."""
    moment = at.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    end = at + timedelta(days=20)
    while moment < end:
        if not calls_allow(person, moment, at):
            # Days begin on a full or half hour everywhere.
            moment += timedelta(minutes=30 - moment.minute % 30)
        elif hours_allow(person, moment):
            return moment
        else:
            moment += timedelta(minutes=1)
    return None
