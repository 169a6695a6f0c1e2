"""Words of messages: what customers read at each step, in each language; written by one person, published by another."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from duecourse.actions.show_words import BadTemplate, Reading, readings
from duecourse.actions.words import MayNotPublish, Person, back_to_library, publish, write_version, wrong_with
from duecourse.connectors.channels.liquid_limits import MOST_SOURCE
from duecourse.connectors.channels.publishable import Fault as Wrong
from duecourse.connectors.channels.words_file import names, packaged
from duecourse.core.law.statements import LANGUAGES
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.pages.worklist import Filter
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.reads import words as reads
from duecourse.records.reads.desk_frame import waiting

SPOKEN = {"en": "English", "es": "Spanish", "de": "German", "fr": "French"}
CALLED = {
    "reminder_pre_due": "Before the due date", "reminder_due": "On the due date", "reminder_day7": "After a week",
    "reminder_day14": "After two weeks", "reminder_day21": "After three weeks", "reminder_day30": "After a month",
    "receipt": "Receipt", "thanks": "Thanks for paying on time", "plan_agreed": "A plan was agreed",
    "plan_reminder": "Before an instalment", "plan_check_in": "After a missed instalment", "plan_done": "A plan is done",
    "dispute_opened": "A dispute was opened", "dispute_answer": "A dispute has its answer",
    "invoice_again": "An invoice that never arrived", "offer": "A settlement is offered", "last_resort": "Last resort",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the list."""

    url: str
    called: str
    purpose: str
    subject: str
    whose: str


@dataclass(frozen=True, slots=True)
class Library:
    """The list."""

    filters: tuple[Filter, ...]
    creditors: tuple[Filter, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version in the margin. `mine`: the reader wrote it, so another person publishes."""

    id: int
    number: int
    why: str
    written: str
    in_force: bool
    mine: bool
    url: str


@dataclass(frozen=True, slots=True)
class Editing:
    """One message under the pen."""

    called: str
    language: str
    source: str
    why: str
    most: int
    wrong: tuple[Wrong, ...]
    readings: tuple[Reading, ...]
    versions: tuple[Version, ...]
    own: bool
    check_url: str
    save_url: str
    publish_url: str
    list_url: str


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every message in one language, for one creditor."""
    language = request.GET.get("language", "en")
    language = language if language in LANGUAGES else "en"
    known = reads.creditors()
    creditor = next(
        (id_ for id_, _ in known if str(id_) == request.GET.get("creditor", "")), known[0][0] if known else 0
    )
    own = reads.published([creditor])
    lines = []
    for name in sorted(names(), key=list(CALLED).index):
        mine = own.get((creditor, name, language))
        words = packaged(name, language)
        lines.append(
            Line(
                reverse("desk:words_edit", args=[creditor, language, name]), CALLED[name], words.purpose.replace("_", " "),
                words.sections["title"].split("{%")[0].strip() or CALLED[name],
                f"Your version {mine.number}, published by {mine.published_by}" if mine else "The library's own",
            )
        )  # fmt: skip
    here = Library(
        tuple(Filter(SPOKEN[code], f"?language={code}&creditor={creditor}", code == language) for code in LANGUAGES),
        tuple(Filter(name, f"?language={language}&creditor={id_}", id_ == creditor) for id_, name in known),
        tuple(lines) if known else (),
    )
    return show(request, "words", here, current="Words")


@login_required
@require_safe
def edit(request: HttpRequest, creditor_id: int, language: str, name: str) -> HttpResponse:
    """The newest version, or another by its number."""
    _known(creditor_id, language, name)
    wanted = request.GET.get("version", "")
    written = reads.versions(creditor_id, name, language)
    chosen = next((v for v in written if str(v.number) == wanted), written[0] if written else None)
    source = chosen.source if chosen else packaged(name, language).source
    return _editing(request, creditor_id, language, name, source)


@login_required
@require_POST
def check(request: HttpRequest, creditor_id: int, language: str, name: str) -> HttpResponse:
    """What is wrong with the words as they stand, and how they read: asked as somebody types."""
    _known(creditor_id, language, name)
    source = _source(request)
    if not request.htmx:
        return _editing(request, creditor_id, language, name, source, request.POST.get("why", "")[:500])
    context = {
        "wrong": wrong_with(name, language, source),
        "readings": _readings(request, creditor_id, language, name, source),
    }
    return render(request, "desk/words_wrong.html", context)


@login_required
@require_POST
def save(request: HttpRequest, creditor_id: int, language: str, name: str) -> HttpResponse:
    """Keep a new version."""
    _known(creditor_id, language, name)
    source, why = _source(request), request.POST.get("why", "")[:500]
    try:
        made = write_version(creditor_id, name, language, source, why=why, by=_person(request), now=request.now)
    except MayNotPublish as error:
        return _editing(request, creditor_id, language, name, source, why, [Fault("why", str(error))])
    messages.success(request, f"Version {made.number} is kept. Another person publishes it")
    return redirect("desk:words_edit", creditor_id, language, name)


@login_required
@require_POST
def put_out(request: HttpRequest, creditor_id: int, language: str, name: str) -> HttpResponse:
    """Publish a version, or go back to the library's own words."""
    _known(creditor_id, language, name)
    wanted = request.POST.get("version", "")
    try:
        if wanted == "library":
            back_to_library(creditor_id, name, language, by=_person(request), now=request.now)
        else:
            publish(creditor_id, int(wanted) if wanted.isdecimal() else 0, by=_person(request), now=request.now)
    except MayNotPublish as error:
        messages.success(request, str(error))
    else:
        messages.success(request, "Published. Messages are written with it from now on")
    return redirect("desk:words_edit", creditor_id, language, name)


def _editing(
    request: HttpRequest,
    creditor_id: int,
    language: str,
    name: str,
    source: str,
    why: str = "",
    errors: list[Fault] | None = None,
) -> HttpResponse:
    zone = waiting().timezone
    in_force = reads.published([creditor_id]).get((creditor_id, name, language))
    address = lambda view: reverse(f"desk:{view}", args=[creditor_id, language, name])  # noqa: E731
    here = Editing(
        CALLED[name], SPOKEN[language], source, why, MOST_SOURCE, tuple(wrong_with(name, language, source)),
        _readings(request, creditor_id, language, name, source),
        tuple(
            Version(
                v.id, v.number, v.why, f"{v.written_by}, {stamp(v.written_at, request.now, zone)}",
                in_force is not None and in_force.version_id == v.id, v.written_by_id == request.user.pk,
                f"{address('words_edit')}?version={v.number}",
            )
            for v in reads.versions(creditor_id, name, language)
        ),
        in_force is not None, address("words_check"), address("words_save"), address("words_publish"),
        f"{reverse('desk:words')}?language={language}&creditor={creditor_id}",
    )  # fmt: skip
    status = 422 if errors else 200
    return show(request, "words_edit", here, current="Words", errors=errors or [], status=status)


def _readings(request: HttpRequest, creditor_id: int, language: str, name: str, source: str) -> tuple[Reading, ...]:
    try:
        return tuple(readings(creditor_id, name, language, source, base_url=settings.BASE_URL, now=request.now))
    except BadTemplate:
        return ()  # what is wrong is told beside it


def _known(creditor_id: int, language: str, name: str) -> None:
    if name not in names() or language not in LANGUAGES or creditor_id not in dict(reads.creditors()):
        raise Http404


def _source(request: HttpRequest) -> str:
    return request.POST.get("source", "")[: MOST_SOURCE + 1].replace("\r\n", "\n")


def _person(request: HttpRequest) -> Person:
    return Person(request.user.pk, request.user.get_full_name() or request.user.get_username())
