"""A look at a trial by lot: what each arm came to, and whether the stop rule ends it. One look a day is kept."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import polars as pl

from duecourse.actions.trials import end
from duecourse.core.decide.arms import NEW, NOW, Lottery, arms
from duecourse.core.decide.playbook import read
from duecourse.core.measure.sequential import Arm, judge
from duecourse.records.reads.trial_outcomes import outcomes
from duecourse.records.trials.models import Trial, TrialLook

ENDS = {
    "harm": "The stop rule: complaints fell to the new playbook more often than to the one that runs.",
    "worse": "The stop rule: less came in under the new playbook than under the one that runs.",
}


def look(trial_id: int, *, as_of: date, now: datetime) -> TrialLook:
    """Look at the trial as of a day; harm or a clear loss ends it by itself. A second look of a day gives the first."""
    trial = Trial.objects.get(id=trial_id)
    seen = TrialLook.objects.filter(trial=trial, as_of=as_of).first()
    if seen:
        return seen
    found = by_arm(trial, as_of=as_of)
    sides = {arm: _arm(found.filter(pl.col("arm") == arm)) for arm in (NOW, NEW)}
    now_arm, new_arm = (Arm(s["customers"], s["mean"], s["variance"], s["complaints"]) for s in sides.values())
    verdict = judge(now_arm, new_arm, share=trial.share)
    kept = TrialLook.objects.create(
        trial=trial, as_of=as_of, at=now, arms=sides, difference=verdict.difference, low=_finite(verdict.low),
        high=_finite(verdict.high), harm=verdict.harm, verdict=verdict.stop,
    )  # fmt: skip
    if verdict.stop in ENDS:
        end(trial.id, by="stop rule", why=ENDS[verdict.stop], now=now)
    return kept


def by_arm(trial: Trial, *, as_of: date) -> pl.DataFrame:
    """outcomes of each customer of the trial, with `arm` and `propensity`."""
    found = outcomes(since=trial.started_at, as_of=as_of)
    return found.join(
        arms(found["customer"], Lottery(read(trial.playbook_text), trial.share, trial.salt)), on="customer"
    )


def _arm(rows: pl.DataFrame) -> dict[str, Any]:
    """Means and counts of an arm; an empty one counts nobody."""
    paid = rows["paid"].cast(pl.Float64).drop_nulls()
    return {
        "customers": paid.len(),
        "mean": float(paid.mean() or 0.0),  # type: ignore[arg-type]
        "variance": float(paid.var() or 0.0),  # type: ignore[arg-type]
        "contacts": int(rows["contacts"].sum()),
        "complaints": int(rows["complaints"].sum()),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
