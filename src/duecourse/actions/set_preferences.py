"""How a customer likes to hear from us: ways they would rather not get, parts of the day that do not suit, their language.

Kept as facts with their ends, so that the gate of every message sees them and an old choice can still be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from duecourse.actions.end_circumstance import end_circumstance
from duecourse.actions.hear_customer import CUSTOMER, Caller
from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.records.parties.models import Customer
from duecourse.records.reads.circumstances import Fact, facts

PARTS: Final = {"morning": (0, 720), "afternoon": (720, 1020), "evening": (1020, 1440)}
"""Minutes of the local day."""
MEDIA: Final = ("call", "sms", "email", "letter")
LANGUAGES: Final = ("en", "es", "de", "fr")
"""Languages that messages are written in."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`not_by` and `not_at` are what does not suit: never all of either."""

    not_by: frozenset[str] = frozenset()
    not_at: frozenset[str] = frozenset()
    language: str = "en"


class NothingLeft(ValueError):
    """Every way, or every part of the day, was taken away. `what` is not_by or not_at."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def preferences(caller: Caller, *, now: datetime) -> Preferences:
    """What holds now of what was chosen on the page."""
    own = list(_own(caller, now))
    language = Customer.objects.values_list("language", flat=True).get(shard=caller.shard, id=caller.customer_id)
    return Preferences(
        frozenset(key for kind, key, _fact in own if kind == "suppressions"),
        frozenset(key for kind, key, _fact in own if kind == "preferences"),
        language.split("-")[0],
    )


def set_preferences(caller: Caller, wished: Preferences, *, now: datetime) -> None:
    """In the running transaction; only what changed is written. Raises NothingLeft."""
    if set(MEDIA) <= wished.not_by:
        raise NothingLeft("not_by")
    if set(PARTS) <= wished.not_at:
        raise NothingLeft("not_at")
    chosen = {("suppressions", m) for m in wished.not_by & set(MEDIA)} | {
        ("preferences", p) for p in wished.not_at & PARTS.keys()
    }
    for kind, key, fact in list(_own(caller, now)):
        if (kind, key) in chosen:
            chosen.discard((kind, key))
        else:
            end_circumstance(fact.shard, fact.id, said_by=CUSTOMER, by=CUSTOMER, now=now)
    for kind, key in sorted(chosen):
        record_circumstance(
            Told(
                caller.shard,
                caller.creditor_id,
                caller.customer_id,
                kind,
                CUSTOMER,
                "portal",
                CUSTOMER,
                _data(kind, key),
            ),
            now=now,
        )
    if wished.language in LANGUAGES and wished.language != preferences(caller, now=now).language:
        Customer.objects.filter(shard=caller.shard, id=caller.customer_id).update(language=wished.language)


def _data(kind: str, key: str) -> dict[str, Any]:
    if kind == "suppressions":
        return {"medium": key}
    start, end = PARTS[key]
    return {"start_minute": start, "end_minute": end}


def _own(caller: Caller, now: datetime) -> Iterator[tuple[str, str, Fact]]:
    """Facts that this page wrote and that hold, by the choice that they stand for; a phone call's own are left alone."""
    windows = {span: part for part, span in PARTS.items()}
    for fact in facts(caller.shard, caller.customer_id, now=now):
        if fact.source != "portal" or not fact.holds(now):
            continue
        if fact.kind == "suppressions" and fact.data.get("medium") in MEDIA and "scope" not in fact.data:
            yield "suppressions", fact.data["medium"], fact
        span = (fact.data.get("start_minute"), fact.data.get("end_minute"))
        if fact.kind == "preferences" and span in windows and "days" not in fact.data:
            yield "preferences", windows[span], fact
