"""What was told of the weeks: of those that have passed as each began, and of those to come as told last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from duecourse.records.insight.own import OWN

PAST = 13


@dataclass(frozen=True, slots=True)
class Week:
    """Minor units of one currency, creditors taken together."""

    week: date
    expected: int
    low: int
    high: int


_SQL = f"""
SELECT week, sum(expected_minor)::bigint, sum(low_minor)::bigint, sum(high_minor)::bigint FROM receipts_told r
 WHERE currency = %(currency)s AND {OWN.format("r.creditor_id")} AND {{which}} GROUP BY week ORDER BY week"""
_BEGAN = _SQL.format(
    which="told_on = week AND extract(isodow FROM week) = 1 AND week >= %(since)s AND week < %(today)s"
)
_LAST = _SQL.format(
    which="told_on = (SELECT max(told_on) FROM receipts_told WHERE creditor_id = r.creditor_id AND currency = r.currency)"
    " AND told_on >= %(recent)s"
)


def weeks_told(currency: str, creditors: Sequence[int] | None, *, today: date) -> tuple[list[Week], list[Week]]:
    """(past, as each week began; to come, as told last within a week)."""
    given = {
        "currency": currency, "own": None if creditors is None else list(creditors), "today": today,
        "since": today - timedelta(weeks=PAST + 1), "recent": today - timedelta(days=7),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BEGAN, given)
        past = [Week(*row) for row in cursor.fetchall()]
        cursor.execute(_LAST, given)
        return past, [Week(*row) for row in cursor.fetchall()]
