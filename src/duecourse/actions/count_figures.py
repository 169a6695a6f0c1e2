"""Count the figures that the dashboard shows: today and the last twelve month ends, each creditor by itself."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from duecourse.core.measure.sales import months_before
from duecourse.core.measure.tally import Tally, add, tally
from duecourse.records.insight import tallies
from duecourse.records.insight.models import DayTally
from duecourse.records.locking import alone
from duecourse.records.measures import ranges, sheet
from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope

MONTHS: Final = 12
RESTS: Final = 20
"""A count takes at most one part in so many of the worker's time; it is as fresh as that allows."""
SHORTEST: Final = timedelta(seconds=10)
LONGEST: Final = timedelta(minutes=15)
"""Count again after this even where nothing seems to have changed."""
QUICK: Final = timedelta(seconds=5)
"""A count of all days that is this quick is always of all days; a longer one is of the month ends once a day."""
_LOCK: Final = 0x66_69_67


def count_figures(*, now: datetime, force: bool = False) -> bool:
    """Count where something changed and it is time; False where not, or where another worker counts right now."""
    with alone(_LOCK) as mine:
        return mine and _count(now, force)


def _count(now: datetime, force: bool) -> bool:
    with scope("all"):
        last, version = tallies.last_count(), tallies.version()
        zones = dict(Creditor.objects.values_list("id", "timezone"))
    if not zones or (last and not force and not _is_time(last, version, now)):
        return False
    books: dict[date, list[int]] = {}
    for creditor, zone in zones.items():
        books.setdefault(now.astimezone(ZoneInfo(zone)).date(), []).append(creditor)
    wanted = {today: _days(today, last, now, force) for today in books}
    began = time.monotonic()
    found = [_tally(today, creditors, wanted[today]) for today, creditors in sorted(books.items())]
    kept = {"version": version, "counted_at": now, "seconds": time.monotonic() - began}
    with scope("all"):
        tallies.keep(_rows(found, kept), keep_from=months_before(min(books), MONTHS))
    return True


def _is_time(last: tallies.LastCount, version: str, now: datetime) -> bool:
    age = now - last.counted_at
    rest = max(SHORTEST, min(LONGEST, timedelta(seconds=last.seconds * RESTS)))
    return age >= LONGEST or (version != last.version and age >= rest)


def _days(today: date, last: tallies.LastCount | None, now: datetime, force: bool) -> list[date]:
    """Today, and the month ends where they are missing, quick to count, or a day old."""
    ends = [months_before(today, n) - timedelta(days=1) for n in range(MONTHS)]
    fresh = (
        last is not None
        and not force
        and last.longest > QUICK.total_seconds()
        and last.days.issuperset(ends)
        and last.counted_at.date() == now.date()
    )
    return [today] if fresh else [today, *ends]


def _tally(today: date, creditors: Sequence[int], days: Sequence[date]) -> dict[date, Tally]:
    """Day → tally whose currencies read `creditor:CUR`. A range of shards is read once for all days."""
    out: dict[date, Tally] = {}
    for first, last in ranges(creditors):
        part = sheet(first, last, as_of=today, creditors=creditors, by_creditor=True)
        for day in days:
            out[day] = add([out.get(day, {}), tally(part, day)])
    return out


def _rows(found: Sequence[Mapping[date, Tally]], kept: Mapping[str, object]) -> list[DayTally]:
    """A row for each creditor, and one for all; where it is tomorrow already for some, that day stands for all."""
    rows: list[DayTally] = []
    together: dict[tuple[date | None, str], list[Tally]] = {}
    newest: dict[str, date] = {}
    for days in found:
        for day, of_creditors in days.items():
            for label, items in of_creditors.items():
                if not items.get("debts"):
                    continue  # a task or a contact in a currency that the book has no invoice in
                creditor, _, currency = label.partition(":")
                rows.append(DayTally(creditor_id=int(creditor), as_of=day, currency=currency, items=items, **kept))
                today = day == max(days)
                if today:
                    newest[currency] = max(day, newest.get(currency, day))
                together.setdefault((None if today else day, currency), []).append({currency: items})
    for (day, currency), parts in together.items():
        items = add(parts)[currency]
        rows.append(DayTally(creditor_id=None, as_of=day or newest[currency], currency=currency, items=items, **kept))
    return rows
