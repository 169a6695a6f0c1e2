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
from functools import cache, lru_cache, reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from duecourse.core.law.calendars import holidays_in
from duecourse.core.law.zones import DAY, STRIDE, offsets

Spans = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]  # where each begins, and where each ends
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
def spans(hours: Hours, tz: str, jurisdiction: str, year: int) -> Spans:
    """The UTC seconds of one UTC year in which `hours` are open in one place.

    Cut per piece of constant offset, so that a night with 23 or 25 hours is exact; and at the ends of the year, where an
    open night is two spans that touch.
    """
    ends = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    pieces = offsets(tz, year)
    found: list[tuple[int, int]] = []
    for (start, shift), (end, _) in pairwise((*pieces, (ends, 0))):
        for number in range((start + shift) // DAY, (end + shift - 1) // DAY + 1):
            minutes = hours.on(EPOCH + timedelta(days=number), jurisdiction)
            if minutes is None:
                continue
            opens = max(start, number * DAY + minutes[0] * 60 - shift)
            closes = min(end, number * DAY + minutes[1] * 60 - shift)
            if found and opens <= found[-1][1]:
                found[-1] = (found[-1][0], max(closes, found[-1][1]))
            elif opens < closes:
                found.append((opens, closes))
    return np.array([start for start, _ in found], dtype=np.int64), np.array([end for _, end in found], dtype=np.int64)


def common(left: Spans, right: Spans) -> Spans:
    """What both have.

    >>> [ends.tolist() for ends in common((np.array([0, 8]), np.array([5, 12])), (np.array([3]), np.array([9])))]
    [[3, 8], [5, 9]]
    """
    first = np.searchsorted(right[1], left[0], side="right")
    many = np.maximum(np.searchsorted(right[0], left[1], side="left") - first, 0)
    mine = np.repeat(np.arange(len(left[0])), many)
    theirs = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(first, many)
    return np.maximum(left[0][mine], right[0][theirs]), np.minimum(left[1][mine], right[1][theirs])


@lru_cache(maxsize=1 << 14)
def _shared(hours: Hours, places: tuple[Place, ...], year: int) -> Spans:
    """Open in all of the places; never where there is none."""
    if not places:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    each = (spans(hours, tz, jurisdiction if hours.holidays else "", year) for tz, jurisdiction in places)
    return reduce(common, each)


class Doors:
    """The spans of many sets of places under one set of hours, searchable by (set, instant)."""

    def __init__(self, hours: Hours, sets: tuple[tuple[Place, ...], ...], first: date, last: date) -> None:
        starts, ends = [np.array([-1])], [np.array([-1])]
        self._horizon = int(datetime(last.year, last.month, last.day, tzinfo=UTC).timestamp()) + DAY
        for index, places in enumerate(sets):
            for year in range(first.year, last.year + 1):
                opens, closes = _shared(hours, places, year)
                starts.append(opens + index * STRIDE)
                ends.append(closes + index * STRIDE)
        starts.append(np.array([len(sets) * STRIDE + STRIDE]))
        self._starts, self._ends = pl.Series(np.concatenate(starts)), pl.Series(np.concatenate(ends))

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
