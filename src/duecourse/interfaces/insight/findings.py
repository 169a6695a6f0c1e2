"""Findings in one sentence: numbers before adjectives, and "cannot tell" where there is nothing to compare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duecourse.interfaces.dates import short


def change(now: float | None, then: float | None, since: date | None, *, times: float = 1.0, unit: str = "") -> str:
    """How a figure moved, without a judgement.

    >>> change(0.924, 0.908, date(2026, 8, 31), times=100, unit="points")
    'up 1.6 points on 31 Aug'
    >>> change(41.2, 41.2, date(2026, 8, 31)), change(None, 3.0, date(2026, 8, 31)), change(4.0, None, None)
    ('the same as on 31 Aug', 'no data yet', 'nothing to compare with yet')
    """
    if now is None:
        return "no data yet"
    if then is None or since is None:
        return "nothing to compare with yet"
    moved = round((now - then) * times, 1)
    if not moved:
        return f"the same as on {short(since, language='en')}"
    return (
        f"{'up' if moved > 0 else 'down'} {abs(moved):.1f}{f' {unit}' if unit else ''} on {short(since, language='en')}"
    )


def days_trend(days: Sequence[date], values: Sequence[float | None]) -> str:
    """Days of sales outstanding against the oldest month end that we know; fewer days are better.

    >>> ends = [date(2025, 11, 30), date(2026, 11, 24)]
    >>> days_trend(ends, [48.0, 41.2]), days_trend(ends, [41.0, 41.2]), days_trend(ends, [None, 41.2])
    ('6.8 days better than on 30 Nov 2025.', 'About the same as on 30 Nov 2025.', 'We cannot tell yet how it moves.')
    """
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if len(known) < 2 or known[-1][0] != days[-1]:
        return "We cannot tell yet how it moves."
    (first, before), (last, now) = known[0], known[-1]
    since = short(first, last, "en")
    if abs(now - before) < 0.5:
        return f"About the same as on {since}."
    return f"{abs(now - before):.1f} days {'better' if now < before else 'worse'} than on {since}."


def share_trend(days: Sequence[date], values: Sequence[float | None]) -> str:
    """A share, in points against the oldest month end that we know.

    >>> ends = [date(2025, 11, 30), date(2026, 11, 24)]
    >>> share_trend(ends, [0.882, 0.924]), share_trend(ends, [None, None])
    ('4.2 points up on 30 Nov 2025.', 'We cannot tell yet how it moves.')
    """
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if len(known) < 2 or known[-1][0] != days[-1]:
        return "We cannot tell yet how it moves."
    (first, before), (last, now) = known[0], known[-1]
    moved = round((now - before) * 100, 1)
    since = short(first, last, "en")
    return (
        f"{abs(moved):.1f} points {'up' if moved > 0 else 'down'} on {since}." if moved else f"The same as on {since}."
    )
