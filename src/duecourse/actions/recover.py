"""What a dead worker left behind: put right what is certain, show the rest to a person. Nothing is sent again blindly."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from duecourse.actions.flight_log import Flight
from duecourse.actions.record_outcome import Told, record
from duecourse.actions.worker import is_dead
from duecourse.connectors.channels.email import Outcome
from duecourse.records.tenancy import scope


def recover(folder: Path, *, now: datetime, alive: int = 0) -> Counter[str]:
    """Settle every marked message whose worker is dead (`alive` is our own); counts by what it became.

    From the worker's own log: ended → as it ended; never begun → certainly not sent, due again; begun and not ended →
    uncertain, or due again where the provider knows it by its key. Without a log that can be trusted (another machine, a
    restart) every one counts as begun.
    """
    counts: Counter[str] = Counter()
    for worker in _workers():
        with scope("all"):
            if worker == alive or not is_dead(worker):
                continue
            flight = Flight(folder, worker)
            told = [
                Told(shard, id_, *_proof(flight, id_), wait=timedelta(0), keyed=until is not None and now < until)
                for shard, id_, until in _marked(worker)
            ]
            record(told, now=now, said_by="recovery")
            counts.update(t.outcome.value for t in told)
        if flight.trusted:
            flight.forget()
    return counts


def _proof(flight: Flight, outbox_id: int) -> tuple[Outcome, str]:
    if outbox_id in flight.ended:
        outcome, detail = flight.ended[outbox_id]
        return Outcome(outcome), detail
    if flight.trusted and outbox_id not in flight.begun:
        return Outcome.NOT_NOW, "the worker stopped before it reached this message"
    return Outcome.UNKNOWN, "the worker stopped while it handed this message over"


_MARKED = """
  FROM outbox o JOIN LATERAL (SELECT worker, key_until_at FROM attempt a
       WHERE a.shard = o.shard AND a.outbox_id = o.id ORDER BY number DESC LIMIT 1) a
    ON true WHERE o.state = 'marked'
"""


def _workers() -> list[int]:
    with scope("all"), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT a.worker" + _MARKED)
        return [row[0] for row in cursor.fetchall()]


def _marked(worker: int) -> list[tuple[int, int, datetime | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.shard, o.id, a.key_until_at" + _MARKED + " AND a.worker = %s FOR UPDATE OF o", [worker]
        )
        return cursor.fetchall()
