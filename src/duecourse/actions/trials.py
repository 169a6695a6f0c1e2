"""The trials that run: at most one by lot, any number in shadow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duecourse.core.decide.arms import Lottery
from duecourse.core.decide.playbook import Playbook, read
from duecourse.records.journal.models import Run
from duecourse.records.trials.models import Trial, TrialEnd

MODES = {"shadow": "In shadow: decided and kept, nothing is sent", "lot": "By lot: a share of customers gets it"}


class BadTrial(ValueError):
    """The trial cannot start; the message says why and the mend."""


@dataclass(frozen=True)
class Trials:
    """`lottery` of the trial by lot with its id, and (id, playbook) of those in shadow."""

    trial_id: int | None
    lottery: Lottery | None
    shadows: tuple[tuple[int, Playbook], ...]


def running() -> Trials:
    """The trials that have not ended."""
    rows = list(Trial.objects.filter(end__isnull=True).order_by("id"))
    return _trials(next((row for row in rows if row.mode == "lot"), None), rows)


def of_run(run: Run) -> Trials:
    """The trial by lot that a run was begun with, though it may have ended since, and those in shadow now."""
    by_lot = Trial.objects.get(id=run.trial_id) if run.trial_id else None
    return _trials(by_lot, list(Trial.objects.filter(end__isnull=True, mode="shadow").order_by("id")))


def _trials(by_lot: Trial | None, rows: list[Trial]) -> Trials:
    shadows = tuple((row.id, read(row.playbook_text)) for row in rows if row.mode == "shadow")
    if by_lot is None:
        return Trials(None, None, shadows)
    return Trials(by_lot.id, Lottery(read(by_lot.playbook_text), by_lot.share, by_lot.salt), shadows)


def start(
    *, name: str, mode: str, new: Playbook, now_runs: Playbook, share: float, review_date: date, by: str, now: datetime
) -> Trial:
    """Raises BadTrial."""
    if mode not in MODES:
        raise BadTrial(f"“{mode}” is not a way to try a playbook. Choose one of: {', '.join(MODES)}.")
    if new.steps != now_runs.steps:
        # A reminder is kept by the place of its step: with other places, steps that were sent would count for others.
        raise BadTrial(
            f"{new.label} has other steps than {now_runs.label}, which runs now. Give it the same list of steps."
        )
    if new.text == now_runs.text:
        raise BadTrial(f"{new.label} is what runs now. Choose another playbook.")
    if review_date <= now.date():
        raise BadTrial("The review date has to lie ahead.")
    if mode == "lot":
        if not 0.01 <= share <= 0.5:
            raise BadTrial("The share has to lie between 1 and 50 in 100.")
        if running().lottery is not None:
            raise BadTrial("Another trial by lot is running. End it first, so that the two do not mix.")
    return Trial.objects.create(
        name=name, mode=mode, playbook=new.label, playbook_text=new.text, share=share if mode == "lot" else 0,
        salt=f"{new.label} {now.isoformat()}", started_at=now, started_by=by, review_date=review_date,
    )  # fmt: skip


def end(trial_id: int, *, by: str, why: str, now: datetime) -> bool:
    """End a trial; False where it has ended already or does not exist."""
    if not Trial.objects.filter(id=trial_id, end__isnull=True).exists():
        return False
    _, fresh = TrialEnd.objects.get_or_create(trial_id=trial_id, defaults={"at": now, "by": by, "why": why})
    return fresh
