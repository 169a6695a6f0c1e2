"""Made-up people, what they said, and what was done: seeded, and close to the limits on purpose."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

Place = tuple[str, str]
PLACES: tuple[Place, ...] = (
    ("America/New_York", "US-OH"),
    ("America/New_York", "US-NY-NYC"),
    ("America/New_York", "US-MA"),
    ("America/New_York", "US-DC"),
    ("America/Los_Angeles", "US-CA"),
    ("America/Los_Angeles", "US-WA"),
    ("America/Phoenix", "US-AZ"),
    ("Pacific/Honolulu", "US-HI"),
    ("Europe/London", "UK"),
    ("Europe/London", "UK-SCT"),
    ("Europe/Berlin", "EU-DE"),
    ("Europe/Dublin", "EU-IE"),
    ("Australia/Sydney", "AU-NSW"),
    ("Australia/Perth", "AU-WA"),
    ("Australia/Adelaide", "AU-SA"),
    ("Australia/Brisbane", "AU-QLD"),
)
"""Twelve zones and the jurisdictions that have rules or holidays of their own."""
AWAY: tuple[Place, ...] = (
    ("Pacific/Pago_Pago", "US"),
    ("Pacific/Kiritimati", "US"),
    ("Australia/Lord_Howe", "AU-NSW"),
    ("America/St_Johns", "US"),
)
"""Where a second signal may point: both sides of the date line, and offsets of half hours."""
CHANNELS = ("email", "sms", "phone_call", "phone_call", "voicemail", "letter")
RESULTS = ("no_answer", "no_answer", "voicemail_left", "answered_dropped", "busy", "not_in_service")
START, DAYS = datetime(2026, 1, 1, tzinfo=UTC), 3 * 365 + 1
EDGES = tuple(
    datetime.fromisoformat(day).replace(tzinfo=UTC)
    for day in (
        *(
            "2026-03-08",
            "2026-03-29",
            "2026-04-05",
            "2026-10-04",
            "2026-10-25",
            "2026-11-01",
            "2026-04-03",
            "2026-12-25",
        ),
        *(
            "2027-01-01",
            "2027-03-14",
            "2027-03-28",
            "2027-04-25",
            "2027-10-31",
            "2027-11-07",
            "2027-07-04",
            "2027-12-27",
        ),
        *(
            "2028-02-29",
            "2028-03-12",
            "2028-03-26",
            "2028-10-01",
            "2028-10-29",
            "2028-11-05",
            "2028-05-29",
            "2028-11-23",
        ),
    )
)
"""Clock changes of three continents, leap day, and holidays with and without a substitute."""


@dataclass(frozen=True, slots=True)
class Past:
    """A contact that took place."""

    at: datetime
    channel: str
    inbound: bool = False
    result: str = "sent"
    talk: bool = False
    debts: tuple[int, ...] = ()
    purpose: str = "reminder"
    work: bool = False
    reply: bool = False


@dataclass(slots=True)
class World:
    """One customer and one act proposed toward them."""

    at: datetime
    channel: str
    places: list[Place]
    business: bool = False
    agency: bool = False
    work: bool = False
    purpose: str = "reminder"
    debts: tuple[int, ...] = (1,)
    answers: bool = False  # we say that it answers the customer's own message
    house: bool = True  # the house's own rules apply as well; without them the law alone is asked
    past: list[Past] = field(default_factory=list)
    dislikes: list[tuple[frozenset[int] | None, int, int]] = field(default_factory=list)  # weekdays, from, to minute
    stops: list[tuple[str, datetime | None]] = field(default_factory=list)  # medium, known since
    consents: frozenset[str] = frozenset()
    holds: list[datetime | None] = field(default_factory=list)  # until, or open


def worlds(count: int, seed: int) -> list[World]:
    """`count` worlds, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - a seed makes the same worlds again
    return [_world(rng) for _ in range(count)]


def _world(rng: random.Random) -> World:
    at = START + timedelta(seconds=rng.randrange(DAYS * 86_400))
    if rng.random() < 0.4:
        at = rng.choice(EDGES) + timedelta(minutes=rng.randrange(-4 * 1440, 4 * 1440))
    places = [rng.choice(PLACES)]
    if rng.random() < 0.2:
        places.append(rng.choice(PLACES + AWAY))
    business = rng.random() < 0.25
    world = World(
        at, rng.choice(CHANNELS), places, business, agency=rng.random() < 0.5, debts=rng.choice(((1,), (2,), (1, 2)))
    )
    world.house = rng.random() < 0.4
    world.work = world.channel in ("phone_call", "voicemail") and rng.random() < 0.1
    world.purpose = "payment_receipt" if rng.random() < 0.05 else "reminder"
    world.past = _past(rng, at)
    if rng.random() < 0.1:
        asked = at - timedelta(minutes=rng.randrange(3 * 1440))
        world.past.append(Past(asked, world.channel, inbound=True, result="received"))
        world.answers = rng.random() < 0.7
    if rng.random() < 0.25:
        start = rng.randrange(0, 1380)
        days = rng.choice((None, frozenset({rng.randrange(7)}), frozenset({0, 2, 5})))
        world.dislikes.append((days, start, min(1440, start + rng.randrange(1, 600))))
    if rng.random() < 0.1:
        since = rng.choice((None, at - timedelta(days=3), at, at + timedelta(hours=1)))
        world.stops.append((rng.choice(("email", "sms", "call", "letter", "any")), since))
    world.consents = frozenset(kind for kind in ("electronic", "ny_email") if rng.random() < 0.7)
    if rng.random() < 0.06:
        world.holds.append(rng.choice((None, at + timedelta(minutes=rng.randrange(1, 9000)))))
    return world


def _past(rng: random.Random, at: datetime) -> list[Past]:
    """Contacts of the last weeks: for half of the worlds as many as some limit allows, or one fewer, or one more."""
    many = rng.choice((0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 11))
    spread = rng.choice((6, 7, 8, 9, 31)) * 1440
    made = []
    one, steady = rng.choice((None, "phone_call", "phone_call", "sms")), rng.random() < 0.5
    for _ in range(many):
        channel = one or rng.choice(CHANNELS)
        call = channel in ("phone_call", "voicemail")
        made.append(
            Past(
                at - timedelta(minutes=rng.randrange(-60, spread)),
                channel,
                result=rng.choice(RESULTS[:2] if steady else RESULTS) if call else "sent",
                debts=() if steady else rng.choice(((1,), (2,), (1, 2))),
                purpose="payment_receipt" if rng.random() < 0.1 else "reminder",
                work=call and rng.random() < 0.15,
                reply=rng.random() < 0.05,
            )
        )
    if rng.random() < 0.15:
        when = at - timedelta(minutes=rng.randrange(9 * 1440))
        inbound, debts = rng.random() < 0.4, rng.choice(((), (1,), (2,)))
        made.append(Past(when, "phone_call", inbound, "answered_conversation", True, debts))
    return made
