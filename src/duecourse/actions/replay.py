"""Decide a run again from the facts it kept; the same bits must come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duecourse.actions import keep_frames
from duecourse.actions.trials import of_run
from duecourse.core.decide import playbook as playbooks
from duecourse.core.decide.arms import decide_in_arms
from duecourse.core.decide.digest import digest
from duecourse.core.law.gate import Rulebook
from duecourse.records.journal.models import Run


class CannotReplay(LookupError):
    """The run, its frames or its rules are not there; the message says which."""


@dataclass(frozen=True)
class Replayed:
    """Parts compared, and the first shards of those whose decisions came out otherwise."""

    run_id: int
    parts: int
    customers: int
    differ: tuple[int, ...]


def replay(run_id: int, *, folder: Path, progress: Callable[[int], None] = lambda n: None) -> Replayed:
    """Raises CannotReplay."""
    run = Run.objects.filter(id=run_id).first()
    if run is None:
        raise CannotReplay(f"There is no run {run_id}.")
    rules = Rulebook.load(as_of=run.as_of)
    if rules.fingerprint != run.rules_digest:
        raise CannotReplay(f"The rules changed since run {run_id}: install version {run.code_version} to replay it.")
    playbook = playbooks.read(run.playbook_text)
    lottery = of_run(run).lottery
    parts = list(run.parts.order_by("first_shard"))
    differ: list[int] = []
    for part in parts:
        try:
            book = keep_frames.facts(folder / str(run_id), part.first_shard, at=run.decided_at)
        except FileNotFoundError:
            raise CannotReplay(f"The frames of run {run_id} are not in {folder / str(run_id)}.") from None
        if digest(decide_in_arms(book, playbook=playbook, lottery=lottery, rules=rules)) != part.digest:
            differ.append(part.first_shard)
        progress(1)
    return Replayed(run_id, len(parts), sum(p.customers for p in parts), tuple(differ))
