"""How a plan stands: a pure reading of its instalments, what was paid toward them, and what is open. Nothing is stored.

Money settles instalments in their order, whichever day it came. What may still be asked never exceeds what is open, so that a
credit note, or a payment from elsewhere, makes the last instalments smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

GRACE_DAYS = 3
"""Banks and post take days; an instalment is missed only after these."""


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment as agreed."""

    number: int
    due_date: date
    minor: int


class How(StrEnum):
    """How one instalment stands."""

    PAID = "paid"
    COMING = "coming"
    DUE = "due"  # its day has come, the days of grace run
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Stands:
    """An instalment with what may still be asked for it."""

    number: int
    due_date: date
    minor: int
    left_minor: int
    how: How


@dataclass(frozen=True, slots=True)
class Progress:
    """`left_minor` is what the plan may still ask for in all; `beyond_minor` what was paid over it, which is never kept by it."""

    instalments: tuple[Stands, ...]
    left_minor: int
    beyond_minor: int

    @property
    def kept(self) -> bool:
        """Everything was paid."""
        return self.left_minor == 0

    @property
    def missed(self) -> tuple[Stands, ...]:
        return tuple(one for one in self.instalments if one.how is How.MISSED)

    @property
    def next(self) -> Stands | None:
        """The first instalment that something may still be asked for."""
        return next((one for one in self.instalments if one.left_minor), None)


def progress(plan: Sequence[Due], *, paid_minor: int, open_minor: int, today: date) -> Progress:
    """`paid_minor`: what came toward the plan, less what was taken back; `open_minor`: what its debts have open now.

    >>> plan = [Due(1, date(2026, 5, 1), 100), Due(2, date(2026, 6, 1), 100), Due(3, date(2026, 7, 1), 50)]
    >>> [(s.left_minor, s.how.value) for s in progress(plan, paid_minor=120, open_minor=130, today=date(2026, 6, 2)).instalments]
    [(0, 'paid'), (80, 'due'), (50, 'coming')]
    >>> [s.left_minor for s in progress(plan, paid_minor=120, open_minor=90, today=date(2026, 6, 2)).instalments]
    [0, 80, 10]
    """
    paid, room = max(0, paid_minor), max(0, open_minor)
    found = []
    for one in sorted(plan, key=lambda due: (due.due_date, due.number)):
        settled = min(paid, one.minor)
        paid -= settled
        left = min(one.minor - settled, room)
        room -= left
        found.append(Stands(one.number, one.due_date, one.minor, left, _how(one.due_date, left, today)))
    return Progress(tuple(found), sum(one.left_minor for one in found), paid)


def _how(due: date, left: int, today: date) -> How:
    if left == 0:
        return How.PAID
    if today < due:
        return How.COMING
    return How.DUE if today <= due + timedelta(days=GRACE_DAYS) else How.MISSED
