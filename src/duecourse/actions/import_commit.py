"""Load a file into the book, batch by batch: each batch and the mark of how far it came are one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from django.db import connection

from duecourse.actions import import_files
from duecourse.actions.import_again import read_again
from duecourse.actions.import_book import read_book, read_others
from duecourse.actions.import_compare import compare
from duecourse.actions.import_keep import DONE, LOADING, READY, rows_of
from duecourse.actions.import_preview import refusals
from duecourse.actions.import_rows import batches, ordered
from duecourse.actions.import_write import Written, write_batch
from duecourse.connectors.importers.invoices import write_refused
from duecourse.records.failpoint import failpoint
from duecourse.records.journal.models import ImportFile
from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope

ROWS_A_BATCH = 5_000
_LOCK = 7_302_003
"""Advisory lock, with the creditor's id."""


def commit(
    import_id: int,
    *,
    creditor: int,
    home: Path,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
    batch: int = ROWS_A_BATCH,
) -> ImportFile:
    """Load the rows that are not loaded yet; `progress(done, total)` is called after every batch.

    A kill leaves whole batches; calling again goes on behind the last of them. Raises ValueError where questions are
    open. Calling it for a file that is done changes nothing.
    """
    with scope([creditor]):
        row = ImportFile.objects.get(id=import_id, creditor_id=creditor)
        whose = Creditor.objects.get(id=creditor)
    if row.state == DONE:
        return row
    if row.state not in (READY, LOADING):
        raise ValueError("the file has open questions")
    with _alone(creditor):
        with scope([creditor]):
            row.refresh_from_db()
        if row.state == DONE:
            return row
        _load(row, whose, home=home, now=now, progress=progress, batch=batch)
        return _finish(import_id, creditor, home, now)


@contextmanager
def _alone(creditor: int) -> Iterator[None]:
    """One file of a creditor is loaded at a time; another waits. The lock goes when its process does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_LOCK, creditor])
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, creditor])


def _load(
    row: ImportFile, whose: Creditor, *, home: Path, now: datetime, progress: Callable[[int, int], None], batch: int
) -> None:
    rows = ordered(rows_of(row, home), whose.id)
    today = now.astimezone(ZoneInfo(whose.timezone)).date()
    with scope([whose.id]):
        others = read_others(rows, whose.id)
    for first, end in batches(rows, batch):
        failpoint("import.before_batch")
        with scope([whose.id]):
            mark = ImportFile.objects.select_for_update().get(id=row.id)
            if mark.state == DONE or mark.next_row >= end:
                continue
            written = write_batch(
                rows.slice(first, end - first),
                others=others,
                creditor=whose.id,
                language=whose.language,
                file=row.id,
                today=today,
                now=now,
            )
            _advance(mark, written, end)
            failpoint("import.in_batch")
        failpoint("import.after_batch")
        progress(end, rows.height)


def _advance(row: ImportFile, written: Written, end: int) -> None:
    """Count what the batch did, in its own transaction."""
    counts = Counter(dict(written.rows.group_by("change").len().iter_rows()))
    refused = refusals(written.rows)
    loaded = Counter(row.summary.get("loaded", {}))
    loaded.update(counts)
    loaded.update(customers=written.customers, points=written.points, bookings=written.bookings)
    loaded.update(due_changed=int(written.rows["due_changed"].sum()))
    changed = written.rows.filter(
        pl.col("change").is_in(["new", "lower", "higher", "new_credit"]) | pl.col("due_changed")
    ).height
    row.state, row.next_row = LOADING, end
    row.taken += changed
    row.refused += refused.height
    row.unchanged += written.rows.height - changed - refused.height
    row.summary = row.summary | {
        "loaded": dict(loaded),
        "contradicts": [*row.summary.get("contradicts", []), *refused.head(200).to_dicts()][:200],
    }
    row.save(update_fields=["state", "next_row", "taken", "refused", "unchanged", "summary"])


def _finish(import_id: int, creditor: int, home: Path, now: datetime) -> ImportFile:
    failpoint("import.before_done")
    with scope([creditor]):
        row = ImportFile.objects.select_for_update().get(id=import_id)
        if row.state == DONE:
            return row
        if row.summary.get("contradicts"):
            _write_contradictions(row, creditor, home)
        row.state, row.finished_at = DONE, now
        row.save(update_fields=["state", "finished_at"])
    import_files.forget_rows(row.path, home)
    return row


def _write_contradictions(row: ImportFile, creditor: int, home: Path) -> None:
    """Put the rows that the book contradicts into the file of refused rows, beside those that could not be read."""
    rows = ordered(rows_of(row, home), creditor)
    wrong = refusals(compare(rows, read_book(rows, creditor, others=read_others(rows, creditor))))
    with import_files.whole(home / row.path / import_files.REFUSED) as out:
        write_refused(read_again(row, home), out, more=wrong)
