"""The terms of a way out, as agreed: everything that the agreement, the pages and the ledger need, as plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from duecourse.core.money.plans.dates import Every, dates


class Way(StrEnum):
    """Kinds of arrangement."""

    PLAN = "plan"  # instalments
    EXTENSION = "extension"  # the whole sum, later
    REDUCTION = "reduction"  # less for a while, with an end and a review
    CONSOLIDATION = "consolidation"  # several debts, one plan
    SETTLEMENT = "settlement"  # part of the sum, once, and the rest is let go
    EARLY_DISCOUNT = "early_discount"  # a little less for paying before the due date


class BadTerms(ValueError):
    """Terms that cannot be agreed; the message says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Amounts in minor units of `currency`. `debts` are (id, open at the time); `forgiven_minor` is let go when it is kept."""

    way: Way
    currency: str
    debts: tuple[tuple[int, int], ...]
    instalments: tuple[tuple[date, int], ...]
    every: Every = Every.ONCE
    forgiven_minor: int = 0
    review_date: date | None = None
    collect: str = "by_customer"  # or automatic: the customer's mandate is charged on each date
    mandate: str = ""
    stops_interest: bool = True
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check(self)

    @property
    def total_minor(self) -> int:
        return sum(minor for _, minor in self.instalments)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it, and as the documents read it."""
        out = asdict(self)
        out["instalments"] = [[day.isoformat(), minor] for day, minor in self.instalments]
        out["debts"] = [list(debt) for debt in self.debts]
        out["review_date"] = self.review_date.isoformat() if self.review_date else None
        return {**out, "total_minor": self.total_minor}


def read(plain: Mapping[str, Any]) -> Terms:
    """The terms again. Raises BadTerms."""
    given = {name: value for name, value in plain.items() if name != "total_minor"}
    review = given.get("review_date")
    return Terms(
        **given
        | {
            "way": Way(given["way"]),
            "every": Every(given["every"]),
            "debts": tuple((int(debt), int(minor)) for debt, minor in given["debts"]),
            "instalments": tuple((date.fromisoformat(day), int(minor)) for day, minor in given["instalments"]),
            "review_date": date.fromisoformat(review) if review else None,
        }
    )


def digest(terms: Terms) -> str:
    """What both sides agree to, as a SHA-256.

    >>> len(digest(Terms(Way.EXTENSION, "GBP", ((1, 500),), ((date(2026, 5, 1), 500),))))
    64
    """
    return hashlib.sha256(json.dumps(terms.plain(), sort_keys=True, default=str).encode()).hexdigest()


def schedule(first: date, every: Every, amounts: Sequence[int], *, payday: int = 0) -> tuple[tuple[date, int], ...]:
    """Amounts on their dates.

    >>> schedule(date(2026, 1, 31), Every.MONTH, (300, 200))[1]
    (datetime.date(2026, 2, 28), 200)
    """
    return tuple(zip(dates(first, every, len(amounts), payday=payday), amounts, strict=True))


def _check(terms: Terms) -> None:
    owed = sum(minor for _, minor in terms.debts)
    days = [day for day, _ in terms.instalments]
    if not terms.debts or any(minor <= 0 for _, minor in terms.debts):
        raise BadTerms("Choose at least one debt that is open.")
    if len({debt for debt, _ in terms.debts}) != len(terms.debts):
        raise BadTerms("A debt is named once.")
    if not terms.instalments or any(minor <= 0 for _, minor in terms.instalments):
        raise BadTerms("Each payment is above zero.")
    if days != sorted(set(days)):
        raise BadTerms("Each payment has a day of its own, the earliest first.")
    if terms.forgiven_minor < 0 or terms.total_minor + terms.forgiven_minor != owed:
        raise BadTerms(f"The payments come to {terms.total_minor}, but {owed - terms.forgiven_minor} is to be covered.")
    if terms.forgiven_minor and terms.way not in (Way.SETTLEMENT, Way.EARLY_DISCOUNT):
        raise BadTerms("Only a settlement or an early discount lets part of the sum go.")
    if terms.way is Way.REDUCTION and terms.review_date is None:
        raise BadTerms("A reduction has a day on which we look again.")
    if terms.collect not in ("by_customer", "automatic") or (terms.collect == "automatic") != bool(terms.mandate):
        raise BadTerms("An automatic plan names the mandate that is charged.")
