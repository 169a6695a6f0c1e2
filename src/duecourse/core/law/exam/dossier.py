"""The papers of one case: its fact rows and its candidate, with ids that no other case uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

SPAN = 1000  # ids per case


class CaseError(ValueError):
    """A case that cannot be read: says which, where, and the mend."""


def instant(text: str) -> datetime:
    """ISO 8601 with offset, as aware UTC.

    >>> instant("2026-06-10T12:00:00-04:00").isoformat()
    '2026-06-10T16:00:00+00:00'
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise CaseError(f"The time {text} has no offset. Write it like 2026-06-10T12:00:00-04:00.")
    return at.astimezone(UTC)


def day(text: str | None) -> date | None:
    """A date, also when it is written as an instant."""
    return date.fromisoformat(text[:10]) if text else None


def minutes(clock: str) -> int:
    """
    >>> minutes("24:00"), minutes("07:30")
    (1440, 450)
    """
    hour, minute = clock.split(":")[:2]
    return int(hour) * 60 + int(minute)


@dataclass
class Dossier:
    """Rows for LawFacts by frame name, and one candidate row."""

    case: Mapping[str, Any]
    customer: int
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    candidate: dict[str, Any] = field(default_factory=dict)
    _debts: dict[str, int] = field(default_factory=dict)
    _people: dict[str, int] = field(default_factory=dict)
    _contacts: int = 0

    @property
    def at(self) -> datetime:
        """When the act is proposed."""
        return instant(self.case["proposed"]["at"])

    def debt(self, name: str) -> int:
        """The id of a debt by its name in the case."""
        return self.customer * SPAN + self._debts.setdefault(name, len(self._debts))

    def person(self, name: str) -> int:
        """The id of a person by name in the case; the customer's own person is "P1"."""
        return self.customer * SPAN + self._people.setdefault(name, len(self._people))

    def contact(self) -> int:
        """A new contact id."""
        self._contacts += 1
        return self.customer * SPAN + self._contacts

    def add(self, frame: str, **columns: Any) -> None:
        """One more fact row about this case's customer."""
        self.rows[frame].append({"customer": self.customer, **columns})

    def each_debt(self, names: Iterable[str] | None) -> list[int | None]:
        """Ids of the debts named; one None where none is."""
        return [self.debt(name) for name in names or ()] or [None]
