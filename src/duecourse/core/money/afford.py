"""What a customer can afford, from a few answers: a person's month, or the days on which a firm expects money.

In the manner of the Standard Financial Statement (Money and Pensions Service): income, essential spending and payments to others
are taken as told, without asking for proof, and a tenth of what is left may be kept as savings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from duecourse.core.money.rounding import Rounding, rounded

INCOME = ("wages", "benefits", "other_income")
SPENDING = ("housing", "energy_water", "food", "travel", "care", "other_debts")
"""Answers a month: rent or mortgage and council tax; energy and water; food and household; travel; children, health and care;
payments to other creditors."""
SAVINGS = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Means:
    """`spare_minor`: what may go to this each month; None where it is not known. `inflows`: (day, minor) a firm expects."""

    spare_minor: int | None
    inflows: tuple[tuple[date, int], ...] = ()


def of_person(answers: Mapping[str, int]) -> Means:
    """From sums a month in minor units; what is not answered counts as nothing.

    >>> of_person({"wages": 180_000, "housing": 90_000, "food": 40_000, "energy_water": 20_000}).spare_minor
    27000
    >>> of_person({"benefits": 60_000, "housing": 70_000}).spare_minor
    0
    """
    unknown = sorted(set(answers) - set(INCOME) - set(SPENDING))
    if unknown:
        raise ValueError(f"{unknown[0]} is not one of the questions")
    if any(minor < 0 for minor in answers.values()):
        raise ValueError("a sum is zero or more")
    left = sum(answers.get(name, 0) for name in INCOME) - sum(answers.get(name, 0) for name in SPENDING)
    return Means(rounded(max(0, left) * (1 - SAVINGS), Rounding.DOWN))


def of_firm(inflows: Sequence[tuple[date, int]]) -> Means:
    """From the days on which a firm expects money, and how much of it could go to this.

    >>> of_firm([(date(2026, 5, 9), 300), (date(2026, 5, 2), 0)]).inflows
    ((datetime.date(2026, 5, 9), 300),)
    """
    if any(minor < 0 for _, minor in inflows):
        raise ValueError("a sum is zero or more")
    days: dict[date, int] = {}
    for day, minor in inflows:
        days[day] = days.get(day, 0) + minor
    return Means(None, tuple(sorted((day, minor) for day, minor in days.items() if minor)))


def read(answers: Mapping[str, Any]) -> Means:
    """From answers as they are kept: {"monthly": {...}}, {"manage": minor} or {"inflows": [[day, minor], ...]}; else not known.

    >>> read({"manage": 15000}).spare_minor, read({}).spare_minor
    (15000, None)
    """
    if answers.get("manage") is not None:
        if int(answers["manage"]) < 0:
            raise ValueError("a sum is zero or more")
        return Means(int(answers["manage"]))
    if answers.get("monthly"):
        return of_person(answers["monthly"])
    if answers.get("inflows"):
        return of_firm([(date.fromisoformat(day), int(minor)) for day, minor in answers["inflows"]])
    return Means(None)
