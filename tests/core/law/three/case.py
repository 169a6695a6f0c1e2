"""How a triple is written: what all three share, then what holds, what is just free, and what is plainly free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from tests.core.law.world import ask, facts, when

OHIO, NYC, BOSTON = ("America/New_York", "US-OH"), ("America/New_York", "US-NY-NYC"), ("America/New_York", "US-MA")
CAPITAL, COAST, SEATTLE = (
    ("America/New_York", "US-DC"),
    ("America/Los_Angeles", "US-CA"),
    ("America/Los_Angeles", "US-WA"),
)
RENO, LONDON, SYDNEY = ("America/Los_Angeles", "US-NV"), ("Europe/London", "UK"), ("Australia/Sydney", "AU-NSW")
BERLIN, DUBLIN, AUCKLAND = ("Europe/Berlin", "EU-DE"), ("Europe/Dublin", "EU-IE"), ("Pacific/Auckland", "NZ")
NOON = {
    "US": "2026-06-10T19:00Z",
    "UK": "2026-06-10T11:00Z",
    "AU": "2026-06-10T02:00Z",
    "EU": "2026-06-10T10:00Z",
    "NZ": "2026-06-10T00:00Z",
}
Change = dict[str, Any]


@dataclass(frozen=True)
class Triple:
    """`held`, `edge` and `free` are changes to `shared`. A value that is a dict of lists is a frame of facts."""

    rule: str
    place: tuple[str, str] | None
    shared: Change
    held: Change
    edge: Change
    free: Change

    def answers(self, change: Change, *, trace: bool = False) -> dict[str, set[str]]:
        """Outcome → ids of the rules that gave it."""
        house = self.rule.startswith("HOUSE")
        asked: Change = {
            "channel": "phone_call",
            "business": False,
            "collector": "third_party",
            "debts": [1],
            "safe_harbour": False,
        }
        if house:
            asked |= {"safe_harbour": None}
        asked |= {"at": NOON[self.place[1][:2] if self.place else "UK"]} | self.shared | change
        frames = {name: value for name, value in asked.items() if isinstance(value, dict)}
        columns = {name: value for name, value in asked.items() if name not in frames and name != "place"}
        # The frame of debts and the act's own column of that name are told apart by a prefix.
        frames = {name.removeprefix("facts:"): frame for name, frame in frames.items()}
        keyless = {name: pl.DataFrame(frames.pop(name)) for name in ("creditors", "rates") if name in frames}
        known = replace(facts(asked.get("place", self.place), **frames), **keyless)
        told = ask(when(columns.pop("at")), known, house=house, trace=trace, **columns)["rules"]
        return {outcome: {r["id"] for r in told if r["outcome"] == outcome} for outcome in ("block", "defer", "pass")}


def log(*at: str, **more: Any) -> dict[str, Any]:
    """Earlier contacts, one a time: unanswered calls about debt 1 that we made."""
    row = {"channel": "phone_call", "direction": "out", "result": "no_answer", "debt": 1} | more
    return {"at": [when(each) for each in at], "contact": list(range(len(at)))} | {
        name: [value] * len(at) for name, value in row.items()
    }


def days(*june: int) -> tuple[str, ...]:
    """Noon UTC plus two on days of June 2026: the same local day in Europe and America."""
    return tuple(f"2026-06-{day:02d}T14:00Z" for day in june)


def one(**row: Any) -> dict[str, Any]:
    """One fact. Text that looks like an instant or a date becomes one."""
    return {name: [_read(value)] for name, value in row.items()}


def _read(value: Any) -> Any:
    if not isinstance(value, str) or value[:2] != "20":
        return value
    return when(value) if value.endswith("Z") else date.fromisoformat(value)


def several(**told: str) -> dict[str, Any]:
    """Notices of several kinds, each with its instant."""
    return {"kind": list(told), "at": [when(at) for at in told.values()]}


EARLY, LATER = "2026-05-01T00:00Z", "2026-07-01T00:00Z"
