"""The improvement log: what was changed, what was expected, when it is looked at again, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from duecourse.actions.improve import DECISIONS, BadImprovement, log, log_review
from duecourse.core.measure.before_after import before_after
from duecourse.core.measure.definitions import BY_KEY, DEFINITIONS
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import brief
from duecourse.interfaces.desk.frame import frame_of
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.insight.differences import NO_NUMBER, signed
from duecourse.interfaces.insight.svg.interval import cannot_tell, interval
from duecourse.interfaces.insight.trials_view import SEGMENTS
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.reads.before_after import around
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.trial_outcomes import DAYS
from duecourse.records.trials.models import Improvement, ImprovementReview

CHIPS = {"keep": Chip("kept", "done"), "change": Chip("changed again", "hand"), "undo": Chip("undone", "hold")}
SAYS = {
    "higher": (Chip("higher", "done"), "better"), "lower": (Chip("lower", "fault"), "worse"),
    "no_clear_change": (Chip("no clear change"), ""), "cannot_tell": (Chip("cannot tell", "due"), ""),
}  # fmt: skip
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Effect:
    """Paid within thirty days, the quarter after the change less the quarter before it, in one segment."""

    segment: str
    customers: str
    before: str
    after: str
    picture: SafeString
    difference: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class Line:
    """An improvement with its reviews; `due` says that its review day has come."""

    id: int
    what: str
    why: str
    figure: str
    expected: str
    changed: str
    review: str
    due: bool
    by: str
    chip: Chip
    reviews: tuple[str, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The page, those to be reviewed first."""

    lines: tuple[Line, ...]
    figures: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, str], ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET shows; POST logs a change."""
    errors: list[Fault] = []
    form = request.POST.dict() if request.method == "POST" else {}
    if request.method == "POST":
        today = _today(request)
        try:
            log(
                what=form.get("what", ""), why=form.get("why", ""), figure=form.get("figure", ""),
                expected=form.get("expected", ""), changed_on=today, review_date=read_day(form.get("review", ""), today),
                by=_who(request), now=request.now,
            )  # fmt: skip
        except BadImprovement as error:
            errors = [Fault(error.field, str(error))]
        else:
            messages.success(request, "Change logged")
            return redirect("desk:improvements")
    return _show(request, errors, form)


@login_required
@require_POST
def review(request: HttpRequest, improvement_id: int) -> HttpResponse:
    """Log what a review found and what was decided."""
    form = request.POST
    again = form.get("again", "").strip()
    try:
        log_review(
            improvement_id, found=form.get("found", ""), decided=form.get("decided", ""),
            next_review_date=read_day(again, _today(request)) if again else None, by=_who(request), now=request.now,
        )  # fmt: skip
    except BadImprovement as error:
        return _show(request, [Fault(f"{error.field}-{improvement_id}", str(error))], {})
    messages.success(request, "Review logged")
    return redirect("desk:improvements")


def _show(request: HttpRequest, errors: list[Fault], form: dict[str, str]) -> HttpResponse:
    today = _today(request)
    rows = Improvement.objects.prefetch_related("reviews").order_by("-id")[:SHOWN]
    lines = sorted((_line(row, today) for row in rows), key=lambda each: not each.due)
    here = Log(
        tuple(lines),
        tuple((d.key, d.name) for d in DEFINITIONS if d.unit != "buckets"),
        tuple(DECISIONS.items()),
    )
    context = {"page": here, "frame": frame_of(request, waiting()), "current": "Improvements"}
    return render(
        request, "insight/improvements.html", {**context, "errors": errors, "form": form}, status=400 if errors else 200
    )


def _line(row: Improvement, today: date) -> Line:
    reviews: list[ImprovementReview] = sorted(row.reviews.all(), key=lambda each: each.id)
    last = reviews[-1] if reviews else None
    ahead = last.next_review_date if last else row.review_date
    due = ahead is not None and ahead <= today
    return Line(
        id=row.id,
        what=row.what,
        why=row.why,
        figure=BY_KEY[row.figure].name,
        expected=row.expected,
        changed=brief(row.changed_on, "en"),
        review=brief(ahead, "en") if ahead else "",
        due=due,
        by=row.by,
        chip=Chip("look at it now", "due") if due else CHIPS[last.decided] if last else Chip("under way", "hand"),
        effects=_effects(row.changed_on, today),
        reviews=tuple(f"{brief(each.at.date(), 'en')}, {each.by}: {each.found}" for each in reviews),
    )


def _effects(changed_on: date, today: date) -> tuple[Effect, ...]:
    """Before and after by segment; empty until debts that fell due after the change can be judged."""
    if today < changed_on + timedelta(days=DAYS):
        return ()
    told = before_after(around(changed_on, as_of=today))
    return tuple(_effect(row) for row in told.iter_rows(named=True))


def _effect(row: dict[str, Any]) -> Effect:
    name = SEGMENTS.get(row["segment"], "No decision yet") if row["segment"] else "Everybody"
    chip, says = SAYS[row["says"]]
    sides = tuple("" if row[side] is None else f"{100 * row[side]:.1f} %" for side in ("before", "after"))
    if row["difference"] is None:
        hatched = cannot_tell(f"{name}: cannot tell")
        return Effect(name, f"{row['customers']:,}", *sides, picture=hatched, difference=NO_NUMBER, chip=chip)
    mean, low, high = (100 * row[key] for key in ("difference", "low", "high"))
    words = f"{signed(mean)} pt ({signed(low)} to {signed(high)})"
    picture = interval(mean, low, high, says=says, label=f"{name}: {chip.text}, {words}")
    return Effect(name, f"{row['customers']:,}", *sides, picture=picture, difference=words, chip=chip)


def _today(request: HttpRequest) -> date:
    return request.now.astimezone(ZoneInfo(waiting().timezone)).date()


def _who(request: HttpRequest) -> str:
    return request.user.get_full_name() or request.user.get_username()
