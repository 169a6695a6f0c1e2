"""What lateness adds to a debt: interest by contract or statute, and the statute's fixed sum. Always entries of their own.

Nothing is added for a consumer by statute, nor for a day whose reference rate is not on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from duecourse.core.money.daycount import DayCount, year_part
from duecourse.core.money.rates import Statute, reference_rates
from duecourse.core.money.rounding import Rounding, rounded


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on, so much bears interest (minor units) or such a rate holds (hundredths of a per cent a year)."""

    on: date
    value: int


@dataclass(frozen=True, slots=True)
class Interest:
    """The sum, exact and rounded; `until` is the first day for which none was worked out."""

    exact: Fraction
    minor: int
    until: date


def simple(
    bears: list[Step], rates: list[Step], *, until: date, count: DayCount, rounding: Rounding = Rounding.DOWN
) -> Interest:
    """Simple interest on what bears it, day by day in pieces in which neither sum nor rate changes; rounded once, at the end.

    Both lists are by day, the oldest first; before their first day nothing accrues. Interest bears no interest.

    >>> half = date(2024, 7, 1)
    >>> simple([Step(date(2024, 1, 1), 100_000), Step(half, 50_000)], [Step(date(2024, 1, 1), 800)],
    ...        until=date(2025, 1, 1), count=DayCount.ACT_365).minor
    6005
    """
    cuts = sorted({step.on for step in (*bears, *rates) if step.on < until} | {until})
    exact = Fraction(0)
    for first, last in pairwise(cuts):
        part = year_part(first, last, count)
        exact += max(0, _at(bears, first)) * Fraction(_at(rates, first), 10_000) * part
    return Interest(exact, rounded(exact, rounding), until)


def _at(steps: list[Step], day: date) -> int:
    return next((step.value for step in reversed(steps) if step.on <= day), 0)


def statutory(bears: list[Step], statute: Statute, *, due: date, until: date, consumer: bool) -> Interest:
    """Interest by statute from the day after the due date, as far as the reference rates are known.

    >>> from duecourse.core.money.rates import statute_of
    >>> owed = [Step(date(2024, 2, 1), 100_000)]
    >>> statutory(owed, statute_of("GB"), due=date(2024, 2, 1), until=date(2024, 4, 2), consumer=False).minor
    2178
    >>> statutory(owed, statute_of("GB"), due=date(2024, 2, 1), until=date(2024, 4, 2), consumer=True).minor
    0
    """
    start = due + timedelta(days=1)
    if consumer or due < statute.since or until <= start:
        return Interest(Fraction(0), 0, until)
    rates, known_until = _rates(statute, start, until)
    late = [Step(max(step.on, start), step.value) for step in bears]
    return simple(late, rates, until=max(start, known_until), count=statute.day_count)


def _rates(statute: Statute, start: date, until: date) -> tuple[list[Step], date]:
    known = reference_rates(statute.rate)
    steps: list[Step] = []
    half = _half_year(start)
    while half < until:
        reference = half - timedelta(days=1) if statute.fixed_for_life else half
        if reference not in known:
            return steps, max(half, start)
        steps.append(Step(max(half, start), known[reference] + statute.margin_bp))
        if statute.fixed_for_life:
            break
        half = date(half.year, 7, 1) if half.month == 1 else date(half.year + 1, 1, 1)
    return steps, until


def _half_year(day: date) -> date:
    return date(day.year, 7 if day.month > 6 else 1, 1)


def fixed_sum(amount_minor: int, currency: str, statute: Statute, *, consumer: bool) -> int:
    """The statute's fixed compensation for a debt; zero for a consumer, and in another currency than the statute's.

    >>> from duecourse.core.money.rates import statute_of
    >>> [fixed_sum(minor, "GBP", statute_of("GB"), consumer=False) for minor in (99_999, 100_000, 1_000_000)]
    [4000, 7000, 10000]
    """
    if consumer or currency != statute.currency or amount_minor <= 0:
        return 0
    return next(fixed for below, fixed in statute.fixed if below == 0 or amount_minor < below)
