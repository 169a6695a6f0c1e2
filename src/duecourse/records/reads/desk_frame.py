"""What waits for a person, for the rail of every desk page: counted up to a thousand, never to the end."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

_WAITING = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM task WHERE closed_at IS NULL LIMIT 1000) t),
       (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'uncertain' LIMIT 1000) o),
       (SELECT count(*) FROM (SELECT 1 FROM inbound WHERE handled_at IS NULL LIMIT 1000) i),
       (SELECT timezone FROM creditor ORDER BY id LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open tasks, uncertain messages and messages that came in, each at most 1000; the zone of the first creditor in sight."""

    tasks: int
    uncertain: int
    inbound: int
    timezone: str


def waiting() -> Waiting:
    """Of the creditors in scope."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        tasks, uncertain, inbound, zone = cursor.fetchone()
    return Waiting(tasks, uncertain, inbound, zone or "UTC")
