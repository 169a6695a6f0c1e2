"""Log a change that was made to do better, and later what a review of it found."""

from __future__ import annotations

from datetime import date, datetime

from duecourse.core.measure.definitions import BY_KEY
from duecourse.records.trials.models import Improvement, ImprovementReview

DECISIONS = {"keep": "Keep it", "change": "Change it again", "undo": "Undo it"}


class BadImprovement(ValueError):
    """What was given cannot be logged; `field` is the one to mend."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def log(
    *,
    what: str,
    why: str,
    figure: str,
    expected: str,
    changed_on: date,
    review_date: date | None,
    by: str,
    now: datetime,
) -> Improvement:
    """Raises BadImprovement."""
    said = {"what": what.strip(), "why": why.strip(), "expected": expected.strip()}
    asks = {
        "what": "Say what was changed",
        "why": "Say why",
        "expected": "Say what you expect, with a number if you can",
    }
    for field, text in said.items():
        if not text:
            raise BadImprovement(field, asks[field])
    if figure not in BY_KEY:
        raise BadImprovement("figure", "Choose the figure that it should move")
    if review_date is None or review_date <= changed_on:
        raise BadImprovement("review", "Enter a day that is still to come, such as 15 Jan")
    return Improvement.objects.create(
        **said, figure=figure, changed_on=changed_on, review_date=review_date, by=by, at=now
    )


def log_review(
    improvement_id: int, *, found: str, decided: str, next_review_date: date | None, by: str, now: datetime
) -> ImprovementReview:
    """Raises BadImprovement."""
    if not Improvement.objects.filter(id=improvement_id).exists():
        raise BadImprovement("found", "This change is not in the log")
    if not found.strip():
        raise BadImprovement("found", "Say what you found, with the figure before and after")
    if decided not in DECISIONS:
        raise BadImprovement("decided", "Choose whether to keep it")
    return ImprovementReview.objects.create(
        improvement_id=improvement_id, found=found.strip(), decided=decided, next_review_date=next_review_date, by=by,
        at=now,
    )  # fmt: skip
