"""Write down a fact that the law asks about: who said it, where, about which person, debt or address, from when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from duecourse.core.language.cards import mask_cards
from duecourse.core.law.telling import Untold, tell
from duecourse.records.law.models import Circumstance
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint

SOURCES: Final = {
    "call": "On the phone",
    "letter": "By letter",
    "email": "By email",
    "sms": "By text",
    "portal": "On the customer's page",
    "import": "In a file",
    "register": "In a public register",
    "staff": "Found by our own people",
}
"""Where a fact was said, as staff read it."""
AHEAD: Final = timedelta(minutes=5)
"""Clocks differ by this much; a fact from further ahead has not happened."""


@dataclass(frozen=True)
class Told:
    """`data` holds the frame's own columns (core.facts.law_schemas). `at` empty means now; `until` empty: until ended."""

    shard: int
    creditor_id: int
    customer_id: int
    kind: str
    said_by: str
    source: str
    recorded_by: str
    data: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    person_id: int | None = None
    debt_id: int | None = None
    point_id: int | None = None
    at: datetime | None = None
    until: datetime | None = None


def record_circumstance(told: Told, *, now: datetime) -> Circumstance:
    """Under the customer's lock: whatever is about to leave sees it. Raises Untold, which says what would mend it."""
    at = told.at or now
    if told.source not in SOURCES:
        raise Untold(f"{told.source!r} is not where something is said. It may be: {', '.join(SOURCES)}.")
    if not told.said_by.strip() or not told.recorded_by.strip():
        raise Untold("Say who told us, and who writes it down.")
    if at > now + AHEAD:
        raise Untold("The date lies ahead. Write it down when it has happened.")
    if told.until is not None and told.until <= at:
        raise Untold("It ends before it begins.")
    data = tell(told.kind, told.data)
    lock_customers([(told.shard, told.customer_id)])
    _belongs(told)
    return Circumstance.objects.create(
        shard=told.shard,
        creditor_id=told.creditor_id,
        customer_id=told.customer_id,
        kind=told.kind,
        person_id=told.person_id,
        debt_id=told.debt_id,
        contact_point_id=told.point_id,
        data=data,
        words=mask_cards(told.words).strip(),
        said_by=told.said_by.strip(),
        source=told.source,
        recorded_by=told.recorded_by.strip(),
        at=at,
        until_at=told.until,
        recorded_at=now,
    )


def _belongs(told: Told) -> None:
    """The debt, address and person named are this customer's."""
    mine = {"shard": told.shard, "customer_id": told.customer_id}
    for id_, rows, name in (
        (told.debt_id, Debt.objects, "debt"),
        (told.point_id, ContactPoint.objects, "address"),
        (told.person_id, Circumstance.objects.filter(kind="persons"), "person"),
    ):
        if id_ is not None and not rows.filter(**mine, id=id_).exists():
            raise Untold(f"That {name} is not this customer's.")
