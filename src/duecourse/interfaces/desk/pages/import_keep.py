"""Preview what the file changes; keep it; see how far it has come and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from duecourse.actions.import_file import preview
from duecourse.interfaces.dates import span
from duecourse.interfaces.desk import loading
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.own import my_file, own_scope
from duecourse.interfaces.desk.pages.import_check import Stage, stages
from duecourse.interfaces.import_words import CAUSES
from duecourse.interfaces.money import Money
from duecourse.records.journal.models import ImportFile
from duecourse.records.reads.membership import creditors_of
from duecourse.records.tenancy import scope

OUTCOMES = (
    ("customers", "customers are new"),
    ("new", "invoices are new"),
    ("new_credit", "credits are new"),
    ("lower", "had been paid further; the difference is booked"),
    ("higher", "are open again; the difference is booked"),
    ("due_changed", "have another due date"),
    ("kept", "were paid here already; the file does not know yet"),
)


@dataclass(frozen=True, slots=True)
class Book:
    """What the file changes in one currency."""

    currency: str
    new: str
    changed: str
    same: str
    refused: str
    amount: Money
    open: Money


@dataclass(frozen=True, slots=True)
class Who:
    """A customer of the file."""

    name: str
    ref: str
    new: str
    open: Money
    is_new: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The page before anything is kept."""

    id: int
    name: str
    whose: str
    stages: tuple[Stage, ...]
    invoices: str
    new_customers: str
    known_customers: str
    books: tuple[Book, ...]
    customers: tuple[Who, ...]
    refused: tuple[dict[str, Any], ...]
    changes_nothing: bool


@dataclass(frozen=True, slots=True)
class Keep:
    """The page while it is being kept, and after."""

    id: int
    name: str
    whose: str
    stages: tuple[Stage, ...]
    done: bool
    at: int = 0
    total: int = 1
    percent: int = 0
    left: str = ""
    stopped: bool = False
    taken: str = ""
    unchanged: str = ""
    refused: int = 0
    outcomes: tuple[str, ...] = ()
    why_refused: str = ""


@own_scope
@require_safe
def preview_page(request: HttpRequest, import_id: int) -> HttpResponse:
    row, creditor = my_file(request, import_id)
    if row.state == "asking":
        return redirect("desk:import_file", import_id)
    if row.state in ("loading", "done"):
        return redirect("desk:import_keep", import_id)
    found = preview(row.id, creditor=creditor.id, home=settings.DATA_FOLDER)
    here = Preview(
        id=row.id,
        name=row.name,
        whose=str(creditor),
        stages=stages("Preview"),
        invoices=f"{found.invoices:,}",
        new_customers=f"{found.new_customers:,}",
        known_customers=f"{found.known_customers:,}",
        books=tuple(_book(c) for c in found.currencies),
        customers=tuple(
            Who(
                c["customer_name"] or c["customer_ref"],
                c["customer_ref"],
                _news(c),
                Money(c["open_minor"], c["currency"]),
                c["is_new"],
            )
            for c in found.customers[:25]
        ),
        refused=tuple({**r, "cause": CAUSES.get(r["cause"], r["cause"])} for r in found.refused[:25]),
        changes_nothing=found.changes_nothing,
    )
    with scope(creditors_of(request.user)):
        return show(request, "import_preview", here, current="Import")


@own_scope
@require_http_methods(["GET", "HEAD", "POST"])
def keep_page(request: HttpRequest, import_id: int) -> HttpResponse:
    """POST keeps the file, or goes on where it stopped; GET says how far it has come."""
    row, creditor = my_file(request, import_id)
    if row.state == "asking" or (row.state == "ready" and request.method != "POST" and not loading.is_running(row)):
        return redirect("desk:import_file", import_id)
    if request.method == "POST":
        loading.start(row, now=request.now)
        return redirect("desk:import_keep", import_id)
    here = _done(row, str(creditor)) if row.state == "done" else _under_way(request, row, str(creditor))
    with scope(creditors_of(request.user)):
        return show(request, "import_keep", here, current="Import")


def _under_way(request: HttpRequest, row: ImportFile, whose: str) -> Keep:
    far = loading.progress(row, now=request.now)
    left = f"about {span(far.left)} left" if far.left and far.left.total_seconds() >= 60 else "less than a minute left"
    return Keep(
        id=row.id,
        name=row.name,
        whose=whose,
        stages=stages("Keep"),
        done=False,
        at=far.done,
        total=far.total,
        percent=100 * far.done // far.total,
        left="working it out" if far.left is None else left,
        stopped=far.stopped,
    )


def _done(row: ImportFile, whose: str) -> Keep:
    loaded = row.summary.get("loaded", {})
    causes = row.summary.get("causes", {})
    return Keep(
        id=row.id,
        name=row.name,
        whose=whose,
        stages=stages("Keep"),
        done=True,
        taken=f"{row.taken:,}",
        unchanged=f"{row.unchanged:,}",
        refused=row.refused,
        outcomes=tuple(f"{loaded[key]:,} {words}" for key, words in OUTCOMES if loaded.get(key)),
        why_refused=", ".join(f"{CAUSES.get(c, c)} ({n:,})" for c, n in causes.items()),
    )


def _book(found: dict[str, Any]) -> Book:
    currency = found["currency"]
    return Book(
        currency,
        f"{found['new'] + found['new_credit']:,}",
        f"{found['lower'] + found['higher'] + found['due_changed']:,}",
        f"{found['same'] + found['kept']:,}",
        f"{found['refused']:,}",
        Money(found["amount_minor"] or 0, currency),
        Money(found["open_minor"] or 0, currency),
    )


def _news(customer: dict[str, Any]) -> str:
    parts = [(customer["new"], "new"), (customer["changed"], "changed"), (customer["same"], "as before")]
    return ", ".join(f"{n:,} {name}" for n, name in parts if n)
