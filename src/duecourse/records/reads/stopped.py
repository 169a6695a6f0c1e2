"""Sends that were held back when they were looked at for the last time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

MOST = 100_000
"""Counted up to here: a page does not wait for more."""


def stopped_since(since: datetime, creditors: Sequence[int] | None) -> int:
    """How many messages were refused at the last look since then, at most MOST; None for all creditors in scope."""
    own = "" if creditors is None else " AND creditor_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM outbox WHERE state = 'refused' AND changed_at >= %s"
            f"{own} LIMIT {MOST}) o",
            [since] if creditors is None else [since, list(creditors)],
        )
        return int(cursor.fetchone()[0])
