"""Bring a file: choose it, and whose invoices it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duecourse.actions.import_creditor import find_creditor, make_creditor
from duecourse.actions.import_file import Unreadable, begin
from duecourse.connectors.importers.source import Source
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.own import my_creditors, own_scope
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.imports import lately
from duecourse.records.reads.membership import creditors_of
from duecourse.records.tenancy import scope

STATES = {
    "asking": Chip("needs your answer", "due"),
    "ready": Chip("ready to look at", "hand"),
    "loading": Chip("being kept", "hand"),
    "done": Chip("kept", "done"),
    "refused": Chip("refused", "fault"),
}


@dataclass(frozen=True, slots=True)
class File:
    """A file that was brought before."""

    url: str
    name: str
    who: str
    when: str
    chip: Chip
    counts: str


@dataclass(frozen=True, slots=True)
class Begin:
    """The page. Only an owner of the installation may name a creditor that is new."""

    creditors: tuple[tuple[int, str], ...]
    may_make: bool
    files: tuple[File, ...] = ()
    chosen: int = 0
    new_name: str = ""
    new_currency: str = ""


@own_scope
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    return _take(request) if request.method == "POST" else _show(request)


def _show(request: HttpRequest, errors: Sequence[Fault] = ()) -> HttpResponse:
    mine = my_creditors(request)
    with scope(creditors_of(request.user)):
        zone = mine[0].timezone if mine else "UTC"
        here = Begin(
            creditors=tuple((c.id, str(c)) for c in mine),
            may_make=request.user.is_superuser,
            files=tuple(
                File(
                    reverse("desk:import_file", args=[f.id]),
                    f.name,
                    f.uploaded_by,
                    stamp(f.created_at, request.now, zone),
                    STATES.get(f.state, Chip(f.state)),
                    f"{f.taken:,} taken, {f.unchanged:,} unchanged, {f.refused:,} refused"
                    if f.state == "done"
                    else f"{f.rows:,} rows",
                )
                for f in lately()
            ),
            chosen=_number(request.POST.get("creditor", "")),
            new_name=request.POST.get("new_name", "")[:120],
            new_currency=request.POST.get("new_currency", "")[:3],
        )
        return show(request, "import_begin", here, current="Import", errors=errors, status=422 if errors else 200)


def _take(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return _show(request, [Fault("file", "Choose a file: CSV or XLSX")])
    creditor, fault = _creditor(request)
    if creditor is None:
        return _show(request, [fault or Fault("creditor", "Say whose invoices these are")])
    try:
        row = begin(
            _source(file),
            creditor=creditor.id,
            by=request.user.get_full_name() or request.user.get_username(),
            home=settings.DATA_FOLDER,
            now=request.now,
        )
    except Unreadable as refusal:
        return _show(request, [Fault("file", str(refusal))])
    return redirect("desk:import_file", row.id)


def _source(file: UploadedFile) -> Source:
    """The upload where it lies: a large one stays on disk."""
    name = (file.name or "upload")[:120]
    if isinstance(file, TemporaryUploadedFile):
        return Source.of(file.temporary_file_path(), name=name)
    return Source.of(file.read(), name=name)


def _creditor(request: HttpRequest) -> tuple[Creditor | None, Fault | None]:
    """The creditor that was chosen, among this person's own; or a new one, by an owner."""
    chosen = _number(request.POST.get("creditor", ""))
    mine = {c.id: c for c in my_creditors(request)}
    if chosen in mine:
        return mine[chosen], None
    name = request.POST.get("new_name", "").strip()[:120]
    if not request.user.is_superuser or not name:
        return None, Fault("creditor" if mine else "new_name", "Say whose invoices these are")
    currency = request.POST.get("new_currency", "").strip().upper()
    if len(currency) != 3 or not currency.isalpha():
        return None, Fault("new_currency", "Enter a currency of three letters, such as GBP")
    return find_creditor(name) or make_creditor(name, currency, now=request.now), None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
