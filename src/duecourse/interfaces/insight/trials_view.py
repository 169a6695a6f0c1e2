"""Trials as the page shows them: how far, what the last look says, segment by segment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.utils.safestring import SafeString

from duecourse.actions.look_at_trial import by_arm
from duecourse.core.decide.arms import NEW
from duecourse.core.measure.uplift import by_stratum
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import brief, stamp
from duecourse.interfaces.insight.differences import NO_NUMBER, signed
from duecourse.interfaces.insight.svg.interval import cannot_tell, interval
from duecourse.records.trials.models import Trial, TrialLook

SAYS = {"helps": "better", "harms": "worse"}
WORDS = {
    "better": Chip("better", "done"), "worse": Chip("worse", "fault"), "harm": Chip("harm", "fault"),
    "goes_on": Chip("too early to say", "hand"),
}  # fmt: skip
CHIPS = {
    "helps": Chip("better", "done"), "harms": Chip("worse", "fault"), "no_clear_effect": Chip("no clear change"),
    "cannot_tell": Chip("cannot tell", "due"),
}  # fmt: skip
SEGMENTS = {"large": "Owes much", "new": "New", "usually_late": "Usually late", "good_payer": "Good payer"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment's difference in the share paid within thirty days."""

    name: str
    customers: str
    difference: str
    picture: SafeString
    chip: Chip


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A trial; `look` is empty before the first."""

    id: int
    name: str
    how: str
    since: str
    review: str
    running: bool
    ended: str
    chip: Chip
    look: str
    segments: tuple[Segment, ...]


def trial_lines(now: datetime, zone: str) -> tuple[TrialLine, ...]:
    """The newest ten."""
    rows = Trial.objects.select_related("end").order_by("-id")[:10]
    return tuple(_line(row, now, zone) for row in rows)


def _line(trial: Trial, now: datetime, zone: str) -> TrialLine:
    end = getattr(trial, "end", None)
    last = trial.looks.order_by("-as_of").first()
    by_lot = trial.mode == "lot"
    return TrialLine(
        id=trial.id,
        name=trial.name,
        how=f"{trial.playbook}, by lot for {trial.share:.0%} of customers"
        if by_lot
        else f"{trial.playbook}, in shadow",
        since=f"{stamp(trial.started_at, now, zone)} by {trial.started_by}",
        review=brief(trial.review_date, "en"),
        running=end is None,
        ended=f"{end.why} ({end.by}, {stamp(end.at, now, zone)})" if end else "",
        chip=WORDS[last.verdict] if last else Chip("runs" if end is None else "ended", "hand"),
        look=_look(last) if last else "",
        segments=_segments(trial, last) if last and by_lot else (),
    )


def _look(last: TrialLook) -> str:
    now, new = last.arms["now"], last.arms["new"]
    sure = f"({signed(100 * last.low)} to {signed(100 * last.high)})" if last.low is not None else "(too few to say)"
    return (
        f"Paid within 30 days: {100 * now['mean']:.1f} % now, {100 * new['mean']:.1f} % new, {signed(100 * last.difference)} points"
        f" {sure}. Customers judged: {now['customers']:,} and {new['customers']:,}. Complaints: {now['complaints']:,} and"
        f" {new['complaints']:,}. Contacts: {now['contacts']:,} and {new['contacts']:,}."
    )


def _segments(trial: Trial, last: TrialLook) -> tuple[Segment, ...]:
    judged = by_arm(trial, as_of=last.as_of).filter(pl.col("paid").is_not_null())
    seen = judged.select(stratum="segment", treated=pl.col("arm") == NEW, outcome="paid")
    return tuple(_segment(row) for row in by_stratum(seen).sort("stratum").iter_rows(named=True))


def _segment(row: dict[str, object]) -> Segment:
    name = SEGMENTS.get(str(row["stratum"]), "No decision yet")
    chip = CHIPS[str(row["says"])]
    if row["says"] == "cannot_tell":
        return Segment(name, f"{row['rows']:,}", NO_NUMBER, cannot_tell(f"{name}: cannot tell"), chip)
    mean, low, high = (100 * float(str(row[key])) for key in ("uplift", "low", "high"))
    words = f"{signed(mean)} pt ({signed(low)} to {signed(high)})"
    says = SAYS.get(str(row["says"]), "")
    return Segment(
        name, f"{row['rows']:,}", words, interval(mean, low, high, says=says, label=f"{name}: {words}"), chip
    )
