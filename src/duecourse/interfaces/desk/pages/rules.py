"""What changed in the rules, from when, and whom it affects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import short
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.pages.worklist import Filter
from duecourse.records.reads.rule_changes import Affected, affected

WITH_YEAR = date.min  # no date is of that year, so each is written with its own
YEARS = {"1": "One year", "3": "Three years", "30": "All"}
LABELS = {"law": "Law", "guideline": "Guideline", "policy": "House rule"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table."""

    id: str
    title: str
    what: str
    source: str
    chip: Chip
    from_on: str
    soon: bool
    customers: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The page."""

    filters: tuple[Filter, ...]
    lines: tuple[Line, ...]
    since: str


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    today = request.now.date()
    years = request.GET.get("years", "1") if request.GET.get("years") in YEARS else "1"
    since = today - timedelta(days=int(years) * 365)
    here = Rules(
        filters=tuple(Filter(name, f"?years={key}", key == years) for key, name in YEARS.items()),
        lines=tuple(_line(each, today) for each in reversed(affected(since))),
        since=short(since, WITH_YEAR, "en"),
    )
    return show(request, "rules", here, current="Rules")


def _line(each: Affected, today: date) -> Line:
    change, text = each.change, each.change.text
    return Line(
        id=change.id,
        title=text.title,
        what=" ".join(change.what),
        source=text.citation,
        chip=Chip(LABELS[text.label], "hold" if text.label == "policy" else ""),
        from_on=short(change.from_on, WITH_YEAR, "en"),
        soon=change.from_on > today,
        customers=f"{each.customers:,}" if each.customers else "nobody in this book",
    )
