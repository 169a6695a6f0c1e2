"""Who did what, and what waits: for the page of the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from duecourse.records.insight.own import OWN

DAYS = 90
MOST = 50


@dataclass(frozen=True, slots=True)
class Person:
    """A collector's last 90 days; `minutes` is the middle time from opening to closing."""

    name: str
    closed: int
    minutes: float
    kinds: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open tasks of a kind and the oldest of them."""

    kind: str
    open: int
    oldest: datetime


def people(creditors: Sequence[int] | None, *, now: datetime) -> list[Person]:
    """Those who closed the most tasks first."""
    return [
        Person(*row)
        for row in _rows(
            f"SELECT closed_by, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - opened_at) / 60),"
            f" count(DISTINCT kind) FROM task WHERE closed_at >= %(since)s AND closed_by NOT IN ('', 'duecourse')"
            f" AND {OWN.format('creditor_id')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}",
            creditors, now,
        )
    ]  # fmt: skip


def waiting(creditors: Sequence[int] | None, *, now: datetime) -> list[Waiting]:
    """The kinds with the most open tasks first."""
    return [
        Waiting(*row)
        for row in _rows(
            f"SELECT kind, count(*), min(opened_at) FROM task WHERE closed_at IS NULL AND {OWN.format('creditor_id')}"
            f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}",
            creditors, now,
        )
    ]  # fmt: skip


def hours(creditors: Sequence[int] | None, *, now: datetime) -> list[tuple[str, int, int]]:
    """(channel, contacts made by the machine, contacts made by people) of the last 90 days: what routine work is automated."""
    return _rows(
        "SELECT channel, count(*) FILTER (WHERE outbox_id IS NOT NULL), count(*) FILTER (WHERE outbox_id IS NULL) FROM contact"
        f" WHERE direction = 'out' AND at >= %(since)s AND {OWN.format('creditor_id')} GROUP BY 1 ORDER BY 1",
        creditors, now,
    )  # fmt: skip


def _rows(sql: str, creditors: Sequence[int] | None, now: datetime) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(
            sql, {"own": None if creditors is None else list(creditors), "since": now - timedelta(days=DAYS)}
        )
        return cursor.fetchall()
