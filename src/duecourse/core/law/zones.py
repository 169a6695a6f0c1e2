"""Local time for a whole column at once: exact on daylight-saving nights, because offsets come from zoneinfo by the
second.

>>> from datetime import UTC, datetime
>>> import polars as pl
>>> clock = Clock(["America/New_York"])
>>> at = pl.Series([datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)])
>>> [str(t) for t in clock.local(at, pl.Series([0, 0]))]
['2026-11-01 01:30:00', '2026-11-01 01:30:00']
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

DAY = 86_400
STRIDE = 1 << 34  # seconds since 1970 fit below it until the year 2514, so (zone, second) is one sortable integer


@cache
def known(tz: str) -> bool:
    """Is `tz` a zone this machine can tell the time of?"""
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def offsets(tz: str, year: int) -> tuple[tuple[int, int], ...]:
    """Pieces of a UTC year with one offset each: (first UTC second, offset from UTC in seconds)."""
    zone = ZoneInfo(tz)

    def offset(second: int) -> int:
        shift = datetime.fromtimestamp(second, zone).utcoffset() or timedelta(0)
        return int(shift.total_seconds())

    start, end = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (year, year + 1))
    pieces = [(start, offset(start))]
    for day in range(start, end, DAY):
        if offset(day + DAY) != pieces[-1][1]:
            low, high = day, day + DAY
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == pieces[-1][1] else (low, middle)
            if high < end:
                pieces.append((high, offset(high)))
    return tuple(pieces)


class Clock:
    """Offsets of some zones, looked up as far as they are asked for. Zones are addressed by their position in
    `names`."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._years = (0, -1)
        self._starts = self._shifts = pl.Series(dtype=pl.Int64)

    def _reach(self, first: int, last: int) -> None:
        """Lay out the offsets from one UTC year to another, unless they already are."""
        low, high = self._years
        if low <= first and last <= high:
            return
        low, high = (min(first, low), max(last, high)) if low <= high else (first, last)
        starts, shifts = [], []
        for index, tz in enumerate(self._names):
            for year in range(low, high + 1):
                for second, shift in offsets(tz, year):
                    starts.append(index * STRIDE + second)
                    shifts.append(shift)
        self._years = (low, high)
        self._starts, self._shifts = pl.Series(starts, dtype=pl.Int64), pl.Series(shifts, dtype=pl.Int64)

    def shift(self, seconds: pl.Series, zone: pl.Series) -> pl.Series:
        """Offset from UTC in seconds at each UTC second in each zone; null where the second is null."""
        ends = [second for second in (seconds.min(), seconds.max()) if isinstance(second, int)]
        if not ends:
            return pl.Series([None] * len(seconds), dtype=pl.Int64)
        self._reach(*(datetime.fromtimestamp(second, UTC).year for second in ends))
        key = (zone.cast(pl.Int64) * STRIDE + seconds).fill_null(self._starts[0])
        found = self._shifts.gather(self._starts.search_sorted(key, side="right") - 1)
        return found + (seconds - seconds) if seconds.null_count() else found

    def local(self, at: pl.Series, zone: pl.Series) -> pl.Series:
        """Naive local wall time (Datetime us) of each UTC instant in each zone."""
        seconds = at.dt.epoch("s")
        return at.dt.replace_time_zone(None) + (self.shift(seconds, zone) * 1_000_000).cast(pl.Duration("us"))

    def instant(self, local: pl.Series, zone: pl.Series, *, after: pl.Series) -> pl.Series:
        """First UTC instant later than `after` at which the wall clock of the zone shows `local`.

        In a spring gap: the instant at which the missing time would have come. In the repeated autumn hour: the first
        pass,
        unless that is not later than `after`.
        """
        wall = local.dt.epoch("s")
        before = self.shift(wall - DAY, zone)
        behind = self.shift(wall + DAY, zone)
        early, late = wall - before, wall - behind
        frame = pl.DataFrame(
            {
                "early": early,
                "late": late,
                "after": after.dt.epoch("s"),
                "late_true": self.shift(late, zone) == behind,
                "early_true": self.shift(early, zone) == before,
            }
        )
        first = pl.when(pl.col("early_true")).then("early").when(pl.col("late_true")).then("late").otherwise("early")
        chosen = pl.when(first > pl.col("after")).then(first).otherwise(pl.max_horizontal("early", "late"))
        seconds = frame.select(chosen.alias("seconds"))["seconds"]
        return (seconds * 1_000_000).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
