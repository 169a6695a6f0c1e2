"""The decision receipt: facts used, rules that spoke with their citations, reasons, and the run that made it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecourse.core.decide.explain import reasons as in_words
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.interfaces.dates import clock, short
from duecourse.records.reads.timeline import Event

OUTCOMES = {"pass": True, "defer": False, "block": False}


@dataclass(frozen=True, slots=True)
class Spoke:
    """A rule that spoke."""

    words: str
    cite: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """A decision to contact, as the desk shows it."""

    id: str
    title: str
    at: str
    facts: tuple[tuple[str, str], ...]
    rules_title: str
    rules: tuple[Spoke, ...]
    reasons: tuple[str, ...]
    run: int
    playbook: str
    digest: str = ""
    open: bool = False


def receipt(event: Event, zone: str, *, opened: bool = False) -> Receipt:
    """From a decision of the timeline."""
    detail = event.detail
    row = _object(detail["reasons"])
    rules = _object(detail["rules"]) or []
    spoken = tuple(spoke(r, event.at) for r in rules)
    return Receipt(
        id=f"D-{event.id:x}",
        title=f"Decision: {detail['channel']}, {detail['step'].replace('_', ' ')}",
        at=clock(event.at, zone),
        facts=tuple(_facts(row, detail, zone)),
        rules_title=_rules_title(spoken),
        rules=spoken,
        reasons=tuple(r["text"] for r in in_words({**row, "segment": detail["segment"]}, steps=packaged().steps))
        if row
        else (),
        run=detail["run"],
        playbook=detail["playbook"],
        digest=_short(detail["digest"] or ""),
        open=opened,
    )


def _facts(row: dict[str, Any], detail: dict[str, Any], zone: str):
    if not row:
        return
    yield "Open", f"{row['open_debts']}, {row['overdue_debts']} past the date"
    late = row["oldest"]
    yield "Oldest", f"{late} days past the date" if late > 0 else "due today" if late == 0 else f"due in {-late} days"
    yield "Settled before", f"{row['settled']} invoices"
    if row["habit"] is not None:
        yield "Usual", f"{round(row['habit'])} days late" if row["habit"] > 0 else "on time"
    yield "Segment", detail["segment"].replace("_", " ")
    if detail["not_before"]:
        at = datetime.fromisoformat(detail["not_before"])
        yield "Not before", f"{short(at.date(), None, 'en')}, {clock(at, zone)}"


def _rules_title(spoke: tuple[Spoke, ...]) -> str:
    held = sum(not s.allows for s in spoke)
    return f"Rules that spoke: {len(spoke)}, {held} held it back" if spoke else "Every rule was read; none had to speak"


def spoke(rule: dict[str, Any], at: datetime) -> Spoke:
    """A rule of an answer, as it read on that day."""
    book = Rulebook.load(as_of=at.date())
    title = book[rule["id"]].title if rule["id"] in book else rule["id"]
    words = f"{title}: {rule['detail']}" if rule.get("detail") else title
    return Spoke(
        words, f"{rule['id']} · {rule['citation']} · from {rule['version']}", OUTCOMES.get(rule["outcome"], True)
    )


def _object(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _short(digest: str) -> str:
    """A digest, long enough to compare by eye.

    >>> _short("3f9a" + "0" * 56 + "c21d")
    '3f9a…c21d'
    """
    return f"{digest[:4]}…{digest[-4:]}" if digest else ""
