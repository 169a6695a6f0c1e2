"""When a door is open: permitted hours as UTC spans, for every set of places a person may be in.

The engine builds, for a set of (zone, jurisdiction) pairs, the spans in which it is a permitted hour in all of them,
and finds for a
column of instants whether each lies inside a span and when the next span opens. All sets lie in one sorted table, so
a million
instants are one binary search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

import polars as pl

from duecourse.core.law.calendars import holidays_in
from duecourse.core.law.zones import DAY, STRIDE, offsets

Span = tuple[int, int]
Place = tuple[str, str]
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Hours:
    """Permitted local minutes [from, to) for Monday to Sunday; None = closed. `holidays`: closed on public holidays
    of the place."""

    week: tuple[tuple[int, int] | None, ...]
    holidays: bool = False

    @classmethod
    def daily(cls, start: int, end: int, *, days: Sequence[int] = range(7), holidays: bool = False) -> Hours:
        """The same hours on each of `days` (0 = Monday).

        >>> Hours.daily(480, 1260).week[6]
        (480, 1260)
        """
        return cls(tuple((start, end) if day in days else None for day in range(7)), holidays)

    def on(self, day: date, jurisdiction: str) -> tuple[int, int] | None:
        """Permitted minutes on one local date."""
        if self.holidays and day in holidays_in(jurisdiction, day.year):
            return None
        return self.week[day.weekday()]


@cache
def spans(hours: Hours, tz: str, jurisdiction: str, first: date, last: date) -> tuple[Span, ...]:
    """UTC second spans [start, end) in which `hours` are open in one place, from `first` to `last` (UTC dates,
    inclusive).

    Cut per piece of constant offset, so that a night with 23 or 25 hours is exact.
    """
    low = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
    high = int(datetime(last.year, last.month, last.day, tzinfo=UTC).timestamp()) + DAY
    pieces = [piece for year in range(first.year, last.year + 1) for piece in offsets(tz, year)]
    found: list[Span] = []
    for index, (second, shift) in enumerate(pieces):
        start = max(low, second)
        end = min(high, pieces[index + 1][0] if index + 1 < len(pieces) else high)
        for number in range((start + shift) // DAY, (end + shift - 1) // DAY + 1) if start < end else ():
            minutes = hours.on(EPOCH + timedelta(days=number), jurisdiction)
            if minutes is None:
                continue
            opens = max(start, number * DAY + minutes[0] * 60 - shift)
            closes = min(end, number * DAY + minutes[1] * 60 - shift)
            if opens < closes:
                found.append((opens, closes))
    return merged(found)


def merged(pieces: list[Span]) -> tuple[Span, ...]:
    """Touching or overlapping spans as one.

    >>> merged([(0, 5), (5, 8), (9, 10)])
    ((0, 8), (9, 10))
    """
    joined: list[Span] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def common(left: Sequence[Span], right: Sequence[Span]) -> tuple[Span, ...]:
    """What both have.

    >>> common([(0, 5), (8, 12)], [(3, 9)])
    ((3, 5), (8, 9))
    """
    both, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            both.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(both)


class Doors:
    """The spans of many sets of places under one set of hours, searchable by (set, instant)."""

    def __init__(self, hours: Hours, sets: tuple[tuple[Place, ...], ...], first: date, last: date) -> None:
        starts, ends = [-1], [-1]
        self._horizon = int(datetime(last.year, last.month, last.day, tzinfo=UTC).timestamp()) + DAY
        for index, places in enumerate(sets):
            shared: Sequence[Span] | None = None
            for tz, jurisdiction in places:
                one = spans(hours, tz, jurisdiction if hours.holidays else "", first, last)
                shared = one if shared is None else common(shared, one)
            for start, end in shared or ():
                starts.append(index * STRIDE + start)
                ends.append(index * STRIDE + end)
        starts.append(len(sets) * STRIDE + STRIDE)
        self._starts, self._ends = pl.Series(starts, dtype=pl.Int64), pl.Series(ends, dtype=pl.Int64)

    def closed(self, at: pl.Series, which: pl.Series) -> pl.DataFrame:
        """For each instant and set: `closed` (Boolean) and `until`, the UTC instant at which the door opens next.

        Where it does not open within the table, `until` is the table's end: ask again from there.
        """
        base = which.cast(pl.Int64) * STRIDE
        key = base + at.dt.epoch("s")
        index = self._starts.search_sorted(key, side="right").cast(pl.Int64) - 1
        frame = pl.DataFrame(
            {"key": key, "base": base, "end": self._ends.gather(index), "next": self._starts.gather(index + 1)}
        )
        seconds = pl.min_horizontal(pl.col("next") - pl.col("base"), pl.lit(self._horizon, dtype=pl.Int64))
        return frame.select(
            closed=pl.col("end") <= pl.col("key"),
            until=(seconds * 1_000_000).cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
        )


@lru_cache(maxsize=128)
def doors_of(hours: Hours, sets: tuple[tuple[Place, ...], ...], first: date, last: date) -> Doors:
    """The same doors, laid out once."""
    return Doors(hours, sets, first, last)
