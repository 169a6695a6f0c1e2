"""Compare an answer with what a case expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecourse.core.law.exam.dossier import instant

TOLERANCE_SECONDS = 60


@dataclass(frozen=True)
class Mark:
    """One case answered. `rules`: those that held it, binding first."""

    id: str
    verdict: str
    expected: str
    not_before: datetime | None
    due: datetime | None
    rules: tuple[tuple[str, str, str], ...]
    passed: bool


def mark(case: Mapping[str, Any], answer: Mapping[str, Any]) -> Mark:
    """Pass where the verdict is the expected one (graded send_or_not: allow against not), and a deferral ends when it
    should."""
    due = instant(case["not_before"]) if case.get("not_before") else None
    loose = case.get("grade") == "send_or_not"
    same = (
        (answer["verdict"] == "allow") == (case["expect"] == "allow") if loose else answer["verdict"] == case["expect"]
    )
    timed = loose or due is None or _near(answer["not_before"], due)
    rules = tuple((rule["id"], rule["citation"], rule["detail"] or "") for rule in answer["rules"])
    return Mark(case["id"], answer["verdict"], case["expect"], answer["not_before"], due, rules, same and timed)


def unread(case: Mapping[str, Any], why: str) -> Mark:
    """A case that could not be read: it fails."""
    name, expected = str(case.get("id", "?")), str(case.get("expect", "?"))
    return Mark(name, "unread", expected, None, None, (("UNREAD", "", why),), passed=False)


def _near(given: datetime | None, due: datetime) -> bool:
    return given is not None and abs((given - due).total_seconds()) <= TOLERANCE_SECONDS
