"""What the rules held back, and which of them people set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from duecourse.records.insight.own import OWN

DAYS = 90
MOST = 60


def refusals(creditors: Sequence[int] | None, *, now: datetime) -> list[tuple[str, str, int, int]]:
    """(rule, citation, blocked, deferred) of the last 90 days, the most frequent first: acts asked for and held by a rule."""
    return _rows(
        "SELECT rules->0->>'id', coalesce(rules->0->>'citation', ''), count(*) FILTER (WHERE verdict = 'block'),"
        "       count(*) FILTER (WHERE verdict = 'defer')"
        f"  FROM ruling WHERE NOT passed AND at >= %(since)s AND {OWN.format('creditor_id')} AND jsonb_array_length(rules) > 0"
        f" GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT {MOST}",
        creditors, now,
    )  # fmt: skip


def acts(creditors: Sequence[int] | None, *, now: datetime) -> list[tuple[str, int, int]]:
    """(act, asked, held) of the last 90 days."""
    return _rows(
        f"SELECT act, count(*), count(*) FILTER (WHERE NOT passed) FROM ruling WHERE at >= %(since)s AND {OWN.format('creditor_id')}"
        " GROUP BY 1 ORDER BY 2 DESC, 1",
        creditors, now,
    )  # fmt: skip


def stopped(creditors: Sequence[int] | None, *, now: datetime) -> list[tuple[str, int]]:
    """(why, messages) of the last 90 days: planned, and refused when they were looked at for the last time."""
    return _rows(
        f"SELECT split_part(why, ' ', 1), count(*) FROM outbox WHERE state = 'refused' AND changed_at >= %(since)s"
        f" AND {OWN.format('creditor_id')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}",
        creditors, now,
    )  # fmt: skip


def overrides(creditors: Sequence[int] | None, *, now: datetime) -> list[tuple[str, int, int, int]]:
    """(rule, asked, granted, refused) of the last 90 days."""
    return _rows(
        "SELECT rule, count(*), count(*) FILTER (WHERE granted), count(*) FILTER (WHERE NOT granted)"
        f"  FROM rule_override, unnest(rules) AS rule WHERE asked_at >= %(since)s AND {OWN.format('creditor_id')}"
        " GROUP BY 1 ORDER BY 2 DESC, 1",
        creditors, now,
    )  # fmt: skip


def _rows(sql: str, creditors: Sequence[int] | None, now: datetime) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(
            sql, {"own": None if creditors is None else list(creditors), "since": now - timedelta(days=DAYS)}
        )
        return cursor.fetchall()
