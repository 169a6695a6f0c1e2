"""Counted days: kept, and read back for a page. Row-level security decides which creditors' days are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from duecourse.core.measure.tally import Tally, add
from duecourse.records.insight.models import DayTally

CHANGES = """
SELECT (SELECT coalesce(sum(seq), 0) FROM chain_head) || ':' || coalesce((
  SELECT sum(newest.id) FROM generate_series(0, 255) AS s,
    LATERAL (SELECT id FROM contact WHERE shard = s ORDER BY id DESC LIMIT 1) newest), 0)
"""
"""A text that differs where the ledger or the contacts have changed; two index look-ups a shard."""


@dataclass(frozen=True)
class Counted:
    """What was counted of one day. `tally` is by currency."""

    as_of: date
    counted_at: datetime
    tally: Tally


@dataclass(frozen=True)
class LastCount:
    """The newest count of the whole installation, at what state, and how long it took; and of which days there is one.

    `longest` is the time of the slowest count still kept: that of all days.
    """

    version: str
    counted_at: datetime
    seconds: float
    longest: float
    days: frozenset[date]


def version() -> str:
    """The state of ledger and contacts, in the running transaction (scope `all`)."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES)
        return str(cursor.fetchone()[0])


def last_count() -> LastCount | None:
    """None before the first count."""
    rows = list(DayTally.objects.filter(creditor_id__isnull=True).order_by("-counted_at", "-as_of").defer("items"))
    if not rows:
        return None
    newest = rows[0]
    longest = max(row.seconds for row in rows)
    days = frozenset(row.as_of for row in rows)
    return LastCount(newest.version, newest.counted_at, newest.seconds, longest, days)


def keep(days: Iterable[DayTally], *, keep_from: date) -> None:
    """Put these days in place of what was kept of them, and drop what no page shows any more."""
    rows = list(days)
    DayTally.objects.filter(as_of__in={row.as_of for row in rows}).delete()
    DayTally.objects.filter(as_of__lt=keep_from).delete()
    DayTally.objects.bulk_create(rows)


def counted_days(creditors: Sequence[int] | None) -> list[Counted]:
    """The days kept, oldest first: of these creditors together, or of the whole installation for None."""
    rows = DayTally.objects.order_by("as_of")
    chosen = rows.filter(creditor_id__isnull=True) if creditors is None else rows.filter(creditor_id__in=creditors)
    by_day: dict[date, list[DayTally]] = {}
    for row in chosen:
        by_day.setdefault(row.as_of, []).append(row)
    return [
        Counted(day, min(row.counted_at for row in found), add({row.currency: row.items} for row in found))
        for day, found in by_day.items()
    ]
