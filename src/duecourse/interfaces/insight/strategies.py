"""Strategies: ask the simulator what another playbook would do, see what it answered, and try one beside the day."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from duecourse.actions.play_what_if import ask
from duecourse.core.decide.playbook import BadPlaybook, Playbook, all_packaged, packaged, read
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk.frame import frame_of
from duecourse.interfaces.insight.differences import Line, line, verdict
from duecourse.interfaces.insight.trials_view import TrialLine, trial_lines
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.trials.models import WhatIf

SIZES = (("500", "500 customers"), ("1000", "1,000 customers"), ("2000", "2,000 customers"))
SPANS = (("120", "four months"), ("180", "half a year"), ("365", "a year"))
WORLDS = (("1", "one world"), ("3", "three worlds"), ("5", "five worlds"))
STATES = {
    "due": Chip("waits", "due"), "playing": Chip("is playing", "hand"), "done": Chip("done", "done"),
    "failed": Chip("failed", "fault"),
}  # fmt: skip
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the list."""

    id: int
    title: str
    size: str
    when: str
    by: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class Strategies:
    """The page: the form, what was asked, the trials."""

    playbooks: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    trials: tuple[TrialLine, ...]
    runs_now: str
    may_try: bool
    sizes: tuple[tuple[str, str], ...] = SIZES
    spans: tuple[tuple[str, str], ...] = SPANS
    worlds: tuple[tuple[str, str], ...] = WORLDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What the simulator said."""

    id: int
    now: str
    new: str
    size: str
    chip: Chip
    playing: bool
    at: int
    total: int
    percent: int
    why: str
    verdict: str = ""
    lines: tuple[Line, ...] = ()
    seeds: str = ""
    refusals: tuple[tuple[str, str, str], ...] = ()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET shows; POST asks."""
    form: dict[str, str] = request.POST.dict() if request.method == "POST" else {}
    errors: list[Fault] = []
    if request.method == "POST":
        books, errors = _books(request)
        if not errors:
            row = ask(
                books, customers=_of(form, "customers", SIZES), days=_of(form, "days", SPANS), seed=1,
                seeds=_of(form, "seeds", WORLDS), by=request.user.get_full_name() or request.user.get_username(),
                now=request.now,
            )  # fmt: skip
            messages.success(request, "Asked. It plays within seconds; you can leave the page.")
            return redirect("desk:what_if", row.id)
    return shown(request, errors, form)


@login_required
@require_safe
def answer(request: HttpRequest, what_if_id: int) -> HttpResponse:
    """One question with its answer, or how far it is."""
    row = WhatIf.objects.filter(id=what_if_id).first()
    if row is None:
        raise Http404
    labels = [book["label"] for book in row.playbooks]
    found = row.result or {}
    differences = found.get("differences", [])
    stopped = [one["refusals"] for one in found.get("playbooks", [])]
    rules = sorted({rule for each in stopped for rule in each})
    here = Answer(
        id=row.id,
        now=labels[0],
        new=labels[1],
        size=_size(row),
        chip=STATES[row.state],
        playing=row.state in ("due", "playing"),
        at=row.done,
        total=row.total,
        percent=100 * row.done // max(1, row.total),
        why=row.why,
        verdict=verdict(differences, labels[1]) if differences else "",
        lines=tuple(line(d) for d in differences),
        seeds=f"{row.seed} to {row.seed + row.seeds - 1}" if row.seeds > 1 else f"{row.seed}",
        refusals=tuple((rule, *(f"{each.get(rule, 0):,}" for each in stopped)) for rule in rules),
    )
    return _show(request, "what_if", here)


def shown(request: HttpRequest, errors: list[Fault], form: dict[str, str]) -> HttpResponse:
    """The page, with what is to be put right in what was sent."""
    zone = waiting().timezone
    here = Strategies(
        playbooks=tuple((book.label, f"{book.label}: {_summary(book)}") for book in all_packaged()),
        asked=tuple(
            Asked(
                row.id, _title(row), _size(row), stamp(row.asked_at, request.now, zone), row.asked_by, STATES[row.state]
            )
            for row in WhatIf.objects.defer("result").order_by("-id")[:SHOWN]
        ),
        trials=trial_lines(request.now, zone),
        runs_now=packaged().label,
        may_try=request.user.is_superuser,
    )
    return _show(request, "strategies", here, errors=errors, form=form, status=400 if errors else 200)


def _books(request: HttpRequest) -> tuple[list[Playbook], list[Fault]]:
    """The two playbooks of the form: names that come with the product, or a text of one's own for the second."""
    form, books, errors = request.POST, [], []
    for field in ("now", "new"):
        own = form.get("own", "").strip() if field == "new" else ""
        try:
            books.append(read(own) if own else packaged(form.get(field, "")))
        except BadPlaybook as error:
            errors.append(Fault("own" if own else field, f"The playbook cannot be used: {error}"))
    if not errors and books[0].text == books[1].text:
        errors.append(Fault("new", "Choose two that differ"))
    return books, errors


def _of(form: dict[str, str], field: str, choices: tuple[tuple[str, str], ...]) -> int:
    """A choice of the form, or the middle one where it is none of them."""
    value = form.get(field, "")
    return int(value if value in dict(choices) else choices[1][0])


def _title(row: WhatIf) -> str:
    return " against ".join(book["label"] for book in reversed(row.playbooks))


def _size(row: WhatIf) -> str:
    worlds = "one world" if row.seeds == 1 else f"{row.seeds} worlds"
    return f"{row.customers:,} customers, {row.days} days, {worlds}"


def _summary(book: Playbook) -> str:
    """The playbook's own line about itself."""
    return book.summary or "no summary"


def _show(request: HttpRequest, template: str, page: object, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"page": page, "frame": frame_of(request, waiting()), "current": "Strategies", **more}
    return render(request, f"insight/{template}.html", context, status=status)
