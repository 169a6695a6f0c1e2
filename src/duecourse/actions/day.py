"""The day: every customer decided, a shard range at a time, each range whole or not at all.

    snapshot → decide → frames kept as Parquet → decisions, outbox, reminders and tasks in bulk, one transaction a range

A killed day is taken up again by the next call: ranges that are done stay done, the rest are decided at the same instant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import polars as pl
from django.db import InterfaceError, OperationalError, connection

from duecourse.actions.follow_plans import follow_plans
from duecourse.actions.keep_frames import keep, keep_shadow
from duecourse.actions.look_at_trial import look
from duecourse.actions.plan_contacts import plan
from duecourse.actions.trials import Trials, of_run, running
from duecourse.core.decide.arms import decide_in_arms
from duecourse.core.decide.decide import decide
from duecourse.core.decide.digest import digest
from duecourse.core.decide.playbook import Playbook
from duecourse.core.law.gate import Rulebook
from duecourse.records import snapshot
from duecourse.records.failpoint import failpoint
from duecourse.records.journal.models import Run, RunPart
from duecourse.records.locking import alone
from duecourse.records.sharded import SHARDS, SHARDS_A_PIECE
from duecourse.records.tenancy import scope

CUSTOMERS_A_PART = 250_000
"""Memory is bounded by this many customers and what belongs to them."""
LOCK = 7_302_001
"""Advisory lock: one day at a time."""


class AlreadyRunning(RuntimeError):
    """Another process is deciding the day."""


@dataclass(frozen=True)
class Day:
    """What the day came to. `verdicts` counts customers by verdict, `whys` by reason; `failed`: shard range → error."""

    run_id: int
    decided_at: datetime
    customers: int
    verdicts: Counter[str]
    whys: Counter[str]
    failed: dict[str, str]


def run_day(
    *,
    at: datetime,
    as_of: date,
    playbook: Playbook,
    rules: Rulebook,
    folder: Path,
    code_version: str,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Day:
    """Decide the day `as_of` at the instant `at`. `folder` keeps the frames. A range that fails is left for the next call.

    Raises AlreadyRunning.
    """
    with alone(LOCK) as mine:
        if not mine:
            raise AlreadyRunning
        return _run(at, as_of, playbook, rules, folder, code_version, dry_run, progress)


def _run(
    at: datetime,
    as_of: date,
    playbook: Playbook,
    rules: Rulebook,
    folder: Path,
    code_version: str,
    dry_run: bool,
    progress: Callable[[int, int], None],
) -> Day:
    run = None if dry_run else _begin(at, as_of, playbook, rules, code_version)
    instant = run.decided_at if run else at
    trials = running() if run is None else of_run(run)
    counts = _count_shards()
    done = {s for p in run.parts.all() for s in range(p.first_shard, p.last_shard + 1)} if run else set()
    parts = list(_ranges({s: counts.get(s, 0) for s in range(SHARDS) if s not in done}))
    total = sum(n for _, _, n in parts)
    seen = 0
    failed: dict[str, str] = {}
    verdicts: Counter[str] = Counter()
    whys: Counter[str] = Counter()
    for first, last, customers in parts:
        try:
            decisions = _part(first, last, instant, run, playbook, trials, rules, folder)
        except (OperationalError, InterfaceError):
            raise  # the database is gone: nothing else can work, and the next call resumes here
        except Exception as error:
            failed[f"{first}-{last}"] = type(error).__name__
        else:
            for name, into in (("verdict", verdicts), ("why", whys)):
                into.update(dict(decisions[name].cast(pl.String).value_counts().iter_rows()))
        seen += customers
        progress(seen, total)
    if run and not failed:
        Run.objects.filter(id=run.id).update(state="done", finished_at=instant)
        if run.trial_id:
            look(run.trial_id, as_of=run.as_of, now=instant)
    return Day(run.id if run else 0, instant, seen, verdicts, whys, failed)


def _part(
    first: int, last: int, instant: datetime, run: Run | None, playbook: Playbook, trials: Trials, rules: Rulebook,
    folder: Path,
) -> pl.DataFrame:  # fmt: skip
    """Decide one shard range and write it, whole or not at all."""
    book = snapshot.of_shards(first, last, at=instant)
    decisions = decide_in_arms(book, playbook=playbook, lottery=trials.lottery, rules=rules)
    failpoint("day.after_decide")
    if run is None:
        return decisions
    keep(folder / str(run.id), first, book, decisions)
    for trial_id, shadow in trials.shadows:
        keep_shadow(folder / str(run.id), first, trial_id, decide(book, playbook=shadow, rules=rules))
    failpoint("day.after_frames")
    with scope("all"):
        contacts, tasks = plan(decisions, run_id=run.id, playbook=playbook, now=instant)
        follow_plans(book, now=instant)
        RunPart.objects.create(
            run=run, first_shard=first, last_shard=last, customers=decisions.height, contacts=contacts,
            tasks=tasks, digest=digest(decisions), finished_at=instant,
        )  # fmt: skip
        failpoint("day.before_commit")
    failpoint("day.after_commit")
    return decisions


def _begin(at: datetime, as_of: date, playbook: Playbook, rules: Rulebook, code_version: str) -> Run:
    """The run to do: one of this day that was interrupted, else a new one."""
    open_run = Run.objects.filter(
        as_of=as_of,
        playbook=playbook.label,
        playbook_text=playbook.text,
        rules_digest=rules.fingerprint,
        state="running",
    ).first()
    if open_run:
        return open_run
    return Run.objects.create(
        as_of=as_of,
        decided_at=at,
        playbook=playbook.label,
        playbook_text=playbook.text,
        rules_digest=rules.fingerprint,
        trial_id=running().trial_id,
        code_version=code_version,
        started_at=at,
    )


def _count_shards() -> dict[int, int]:
    with scope("all"), connection.cursor() as cursor:
        cursor.execute("SELECT shard, count(*) FROM customer GROUP BY shard ORDER BY shard")
        return dict(cursor.fetchall())


def _ranges(counts: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """(first, last, customers): neighbouring shards together up to CUSTOMERS_A_PART.

    The tables are kept in pieces of SHARDS_A_PIECE: a part is made of whole pieces, or lies in one, so that no page is read for
    two parts where that can be helped.
    """
    first: int | None = None
    last, size = 0, 0
    for start, end, n in _units(counts):
        into_next_piece = start == end and start % SHARDS_A_PIECE == 0
        if first is not None and (size + n > CUSTOMERS_A_PART or start != last + 1 or into_next_piece):
            yield first, last, size
            first, size = None, 0
        first = start if first is None else first
        last, size = end, size + n
    if first is not None:
        yield first, last, size


def _units(counts: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """(first, last, customers): each piece that is wanted whole and is not too large, else its shards one by one."""
    for _, piece in groupby(sorted(counts), key=lambda shard: shard // SHARDS_A_PIECE):
        shards = list(piece)
        total = sum(counts[s] for s in shards)
        if len(shards) == SHARDS_A_PIECE and total <= CUSTOMERS_A_PART:
            yield shards[0], shards[-1], total
        else:
            yield from ((s, s, counts[s]) for s in shards)
