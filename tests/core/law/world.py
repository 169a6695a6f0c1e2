"""Small worlds for gate tests: one row a customer, one candidate each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from duecourse.core.law.gate import LawFacts, Rulebook, gate

RULES = Rulebook.load(as_of=date(2026, 6, 1))
WEDNESDAY = datetime(2026, 6, 10, 10, tzinfo=UTC)


def when(text: str) -> datetime:
    """An aware instant from ISO text."""
    return datetime.fromisoformat(text)


def facts(place: tuple[str, str] | None = ("Europe/London", "UK"), **frames: dict[str, Any]) -> LawFacts:
    """Facts of customer 1 at one place; other frames by columns, `customer` filled in."""
    rows = {name: {"customer": [1] * len(next(iter(columns.values())))} | columns for name, columns in frames.items()}
    if place and "locations" not in rows:
        rows["locations"] = {"customer": [1], "tz": [place[0]], "jurisdiction": [place[1]]}
    return LawFacts(**{name: pl.DataFrame(columns) for name, columns in rows.items()})


def ask(
    at: datetime = WEDNESDAY,
    known: LawFacts | None = None,
    *,
    rules: Rulebook = RULES,
    house: bool = True,
    **columns: Any,
) -> dict[str, Any]:
    """The gate's answer on one act toward customer 1. Columns: those of a candidate; email to a business unless said otherwise."""
    options = {name: columns.pop(name) for name in ("rendered", "trace") if name in columns}
    act = {
        "candidate": 9,
        "customer": 1,
        "channel": "email",
        "at": at,
        "business": True,
        "purpose": "reminder",
    } | columns
    asked = pl.DataFrame({name: [value] for name, value in act.items()})
    return gate(asked, known or facts(), rules=rules, house=house, **options).row(0, named=True)


def binding(answer: dict[str, Any]) -> str | None:
    """Id of the rule that bound."""
    return answer["rules"][0]["id"] if answer["rules"] else None
