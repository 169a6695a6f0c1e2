"""What the gate read of each customer, for the receipt of one answer: facts with source and time, local times, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.law.zones import known

_OTHERS: Final = {"creditors", "rates"}
_WINDOW: Final = timedelta(days=7)
_CALLS: Final = ("phone_call", "voicemail", "ringless_voicemail")


def facts_read(facts: LawFacts) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """customer → frame → rows, without empty columns; values as JSON can keep them."""
    read: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for each in fields(facts):
        frame: pl.DataFrame = getattr(facts, each.name)
        if each.name in _OTHERS or frame.is_empty():
            continue
        for row in frame.to_dicts():
            read[row.pop("customer")].setdefault(each.name, []).append(
                {name: _plain(value) for name, value in row.items() if value is not None}
            )
    return dict(read)


def places(read: dict[str, list[dict[str, Any]]], at: datetime) -> list[dict[str, str]]:
    """Each place of one customer with the wall clock there; no clock where the zone is not known.

    >>> from datetime import UTC
    >>> where = {"locations": [{"source": "residential_address", "tz": "America/New_York", "jurisdiction": "US-OH"}]}
    >>> places(where, datetime(2026, 6, 10, 12, 0, tzinfo=UTC))[0]["local"]
    'Wed 10 Jun 2026 08:00'
    """
    return [
        {
            "source": place.get("source", ""),
            "zone": place.get("tz", ""),
            "jurisdiction": place.get("jurisdiction", ""),
            "local": f"{at.astimezone(ZoneInfo(tz)):%a %d %b %Y %H:%M}"
            if (tz := place.get("tz")) and known(tz)
            else "",
        }
        for place in read.get("locations", [])
    ]


def counts(read: dict[str, list[dict[str, Any]]], debts: Sequence[int], at: datetime) -> dict[str, Any]:
    """What the frequency rules count of one customer: contacts we began and calls placed in the last seven days."""
    since = (at - _WINDOW).isoformat()
    lately = [c for c in read.get("log", []) if since < c["at"] <= at.isoformat() and c.get("direction") == "out"]
    calls = [c for c in lately if c["channel"] in _CALLS and c.get("result") not in ("busy", "not_in_service")]
    of_debt = {
        str(debt): len({c["contact"] for c in calls if c.get("debt") in (None, debt) and "contact" in c})
        for debt in debts
    }
    return {
        "since": since,
        "contacts": len({c.get("contact", n) for n, c in enumerate(lately)}),
        "calls": len({c.get("contact", n) for n, c in enumerate(calls)}),
        "calls_by_debt": of_debt,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
