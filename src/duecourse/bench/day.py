"""`bench day`: the day over a reference that must move the same rows: a raw read of the same tables and a raw COPY of the
same result rows into the same tables, with their indexes and foreign keys, in the same process right before and after."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from django.db import connections, transaction

from duecourse.actions import day as action
from duecourse.actions.keep_frames import keep
from duecourse.actions.plan_contacts import plan
from duecourse.bench.book import OWN_IDS, clear
from duecourse.bench.measure import Measured, forget_peak
from duecourse.core.decide.arms import decide_in_arms
from duecourse.core.decide.digest import digest
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.records import arrow, snapshot
from duecourse.records.journal.models import Run, RunPart
from duecourse.records.tenancy import scope

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READ = {
    "customer": "id, shard, creditor_id, kind, country, region, timezone",
    "debt": "id, customer_id, currency, open_minor, due_date, round, closed_date",
    "reminder": "debt_id, round, step",
    "contact": "customer_id, channel, direction, purpose, at",
    "contact_point": "id, customer_id, kind, rank",
    "consent": "customer_id, channel, address, given, id",
    "hold": "customer_id, debt_id, kind, until_at",
    "promise": "customer_id, currency, amount_minor, by_date",
    "credit": "customer_id, currency, amount_minor",
}
"""What the day reads, table by table."""
WRITTEN = ("decision", "outbox", "reminder", "task")


def run(measured: Measured, progress: Callable[[str], None]) -> None:
    """Fills `measured`. The database holds a book of `bench.book` and nothing else."""
    playbook, rules = packaged("polite@1"), Rulebook.load(as_of=NOW.date())
    with connections["owner"].cursor() as cursor:
        clear(cursor)  # of an earlier bench on the same book
    parts = list(action._ranges(action._count_shards()))
    with tempfile.TemporaryDirectory() as folder:
        # The reference first without results (they are not known yet), then the day, then the reference whole.
        progress("reference read")
        before = _raw_read(parts)
        # Both sides warm: connections open, calendars and rules loaded, as in a worker that runs every day.
        decide_in_arms(snapshot.of_shards(0, 0, at=NOW), playbook=playbook, lottery=None, rules=rules)
        forget_peak()
        progress("the day")
        run_row = action._begin(NOW, NOW.date(), playbook, rules, "bench")
        for first, last, _ in parts:
            with measured.stage("read"):
                book = snapshot.of_shards(first, last, at=NOW)
            with measured.stage("decide"):
                decisions = decide_in_arms(book, playbook=playbook, lottery=None, rules=rules)
            with measured.stage("keep frames"):
                keep(Path(folder), first, book, decisions)
            with measured.stage("write"), scope("all"):
                contacts, tasks = plan(decisions, run_id=run_row.id, playbook=playbook, now=NOW)
                RunPart.objects.create(
                    run=run_row, first_shard=first, last_shard=last, customers=decisions.height, contacts=contacts, tasks=tasks,
                    digest=digest(decisions), finished_at=NOW,
                )  # fmt: skip
            measured.rows["customers"] += decisions.height
            measured.rows["debts"] += book.debts.height
            measured.rows["contacts planned"] += contacts
            measured.rows["tasks"] += tasks
            del book, decisions
        from duecourse.bench.measure import peak_mib

        measured.more["rss_day_mib"] = peak_mib()
        measured.more["frames_mib"] = round(sum(f.stat().st_size for f in Path(folder).iterdir()) / 2**20)
    progress("reference read and write")
    after = _raw_read(parts)
    measured.reference["read"] = (before + after) / 2
    results = _results(run_row)
    measured.rows.update({f"{t} rows": f.height for t, f in results.items()})
    measured.reference["write"] = _raw_write(results)
    total = sum(measured.stages.values())
    measured.more["customers_per_second"] = round(measured.rows["customers"] / total)


def _raw_read(parts: list[tuple[int, int, int]]) -> float:
    started = time.perf_counter()
    for first, last, _ in parts:
        for table, columns in READ.items():
            arrow.read(f"SELECT {columns} FROM {table} WHERE shard BETWEEN {first} AND {last}")
    return time.perf_counter() - started


def _results(run_row: Run) -> dict[str, pl.DataFrame]:
    """The rows that the day wrote, ready to be copied in again under other ids."""
    frames = {}
    for table in WRITTEN:
        where = {
            "decision": f"run_id = {run_row.id}",
            "outbox": f"run_id = {run_row.id}",
            "reminder": f"id < {OWN_IDS}",
            "task": "true",
        }[table]
        columns = [f.column for f in _model(table)._meta.local_concrete_fields]
        picked = ", ".join(f"{c}::text" if c in ("reasons", "rules", "context") else c for c in columns)
        frames[table] = arrow.read(f"SELECT {picked} FROM {table} WHERE {where}")
    return frames


def _raw_write(frames: dict[str, pl.DataFrame]) -> float:
    """COPY the rows back after removing them, in one transaction that is undone; only the COPY is timed."""
    seconds = 0.0
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        clear(cursor)
        for table, frame in frames.items():
            columns = ", ".join(f'"{c}"' for c in frame.columns)
            started = time.perf_counter()
            with cursor.copy(f"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')") as copy:
                for start in range(0, frame.height, 50_000):
                    copy.write(frame.slice(start, 50_000).write_csv(None, include_header=False, null_value="\\N"))
            seconds += time.perf_counter() - started
        transaction.set_rollback(True, using="owner")
    return seconds


def _model(table: str):  # type: ignore[no-untyped-def]
    from django.apps import apps

    return next(m for m in apps.get_app_config("records").get_models() if m._meta.db_table == table)
