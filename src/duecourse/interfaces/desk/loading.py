"""Loads a file in the background of the web process, with how far it has come and how long it will take.

A process that ends leaves whole batches; the page then offers to go on behind the last of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, Thread

from django.conf import settings
from django.core.cache import cache
from django.db import connections

from duecourse.actions.import_file import commit
from duecourse.records import arrow
from duecourse.records.journal.models import ImportFile

SILENT: timedelta = timedelta(seconds=30)
"""Nothing new for so long: nobody is loading it any more."""
_running: set[int] = set()
_guard = Lock()


@dataclass(frozen=True, slots=True)
class Progress:
    """`left` is None while it is being worked out; `stopped` says that somebody has to press go on."""

    done: int
    total: int
    left: timedelta | None
    stopped: bool


def start(row: ImportFile, *, now: datetime) -> None:
    """Begin, or go on; a file that this process loads already is left alone."""
    with _guard:
        if row.id in _running:
            return
        _running.add(row.id)
    cache.set(_key(row.id), (now, row.next_row), timeout=24 * 3600)
    Thread(target=_load, args=(row.id, row.creditor_id, now), name=f"import-{row.id}", daemon=True).start()


def is_running(row: ImportFile) -> bool:
    """Whether this process loads it now."""
    return row.id in _running


def progress(row: ImportFile, *, now: datetime) -> Progress:
    """How far it has come; the time left from the pace since it was begun here."""
    total = max(row.rows - len(row.summary.get("refused", ())), row.next_row, 1)
    began = cache.get(_key(row.id))
    seen = cache.get(_key(row.id, "seen"))
    if seen is None or seen[1] != row.next_row:
        seen = (now, row.next_row)
        cache.set(_key(row.id, "seen"), seen, timeout=24 * 3600)
    pace = None
    if began and row.next_row > began[1] and now - began[0] > timedelta(seconds=3):
        pace = (now - began[0]) / (row.next_row - began[1])
    left = pace * (total - row.next_row) if pace else None
    stopped = row.id not in _running and now - seen[0] > SILENT
    return Progress(row.next_row, total, left, stopped)


def _load(import_id: int, creditor: int, now: datetime) -> None:
    try:
        commit(import_id, creditor=creditor, home=settings.DATA_FOLDER, now=now)
    finally:
        with _guard:
            _running.discard(import_id)
        arrow.close()
        connections.close_all()


def _key(import_id: int, what: str = "began") -> str:
    return f"import-{what}-{import_id}"
