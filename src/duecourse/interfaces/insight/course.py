"""The course of the figures of one currency: month ends, oldest first, and today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duecourse.core.measure.figures import figures
from duecourse.records.insight.tallies import Counted

QUARTER_BACK = 3
"""Month ends back that a change is told against."""


@dataclass(frozen=True)
class Course:
    """`days` and `values` run alike; the last is the newest day. `items` is its tally."""

    currency: str
    days: tuple[date, ...]
    values: tuple[Mapping[str, Any], ...]
    items: Mapping[str, int]
    counted_at: datetime

    @property
    def now(self) -> Mapping[str, Any]:
        return self.values[-1]

    @property
    def then(self) -> Mapping[str, Any] | None:
        """Three month ends ago, or None where the book is younger."""
        return self.values[-1 - QUARTER_BACK] if len(self.values) > QUARTER_BACK else None

    @property
    def then_day(self) -> date | None:
        return self.days[-1 - QUARTER_BACK] if len(self.days) > QUARTER_BACK else None

    def of(self, key: str) -> list[float | None]:
        """One figure over the days."""
        return [values[key] for values in self.values]


def courses(days: Sequence[Counted]) -> dict[str, Course]:
    """Currency → course, the largest book (by invoices) first."""
    found: dict[str, list[Counted]] = {}
    for day in days:
        for currency in day.tally:
            found.setdefault(currency, []).append(day)
    out = [
        Course(
            currency,
            tuple(day.as_of for day in own),
            tuple(figures({currency: day.tally[currency]}, day.as_of)[currency] for day in own),
            own[-1].tally[currency],
            own[-1].counted_at,
        )
        for currency, own in found.items()
    ]
    return {c.currency: c for c in sorted(out, key=lambda c: (-c.items["debts"], c.currency))}
