"""Papers: agreements and statements to keep, each a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duecourse.connectors.documents.kinds.statement import Movement, statement
from duecourse.connectors.documents.saying import Money as Sum
from duecourse.connectors.documents.typeset import pdf
from duecourse.interfaces.portal.entrance import Visit, enter_with, through_link, with_second_fact
from duecourse.interfaces.portal.owes import today
from duecourse.interfaces.portal.pages.invoices import name_of
from duecourse.interfaces.portal.papers import letterhead, reference, saved
from duecourse.records.reads.plans import of_customer
from duecourse.records.reads.portal import Statement, statements


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement: its id, its number, and when it was made."""

    id: int
    reference: str
    made: date


@dataclass(frozen=True, slots=True)
class Papers:
    """The page. `currencies` have a statement each."""

    token: str
    agreements: tuple[Paper, ...]
    currencies: tuple[str, ...]
    today: date


@require_safe
@through_link
@with_second_fact
def page(visit: Visit) -> HttpResponse:
    zone = ZoneInfo(visit.account.creditor.timezone)
    made = tuple(
        Paper(p.id, reference(p), p.agreed[-1][3].astimezone(zone).date())
        for p in of_customer(visit.opened.shard, visit.opened.customer_id)
        if len(p.agreed) == 2
    )
    currencies = tuple(sorted({s.debt.currency for s in _statements(visit)}))
    shown = Papers(visit.token, made, currencies, today(visit))
    return render(visit.request, "portal/papers.html", {"sender": visit.sender, "page": shown})


@require_safe
@enter_with
@with_second_fact
def account(visit: Visit, currency: str) -> HttpResponse:
    """The statement of one currency: everything that was billed and paid, and what is open."""
    found = [s for s in _statements(visit) if s.debt.currency == currency]
    if not found:
        return redirect("portal:papers", visit.token)
    moves = sorted((m for s in found for m in movements(s)), key=lambda m: m.on)
    paper = statement(
        letterhead(visit, visit.account.customer.ref),
        since=moves[0].on,
        until=today(visit),
        opening=Sum(0, currency),
        movements=moves,
    )
    return saved(pdf(paper), "application/pdf", "statement.pdf")


def movements(found: Statement) -> list[Movement]:
    """One debt: its bill, what changed it, and whatever came before our books began, so that the sum is what is open."""
    debt = found.debt
    moved = sum(m.amount_minor for m in found.moves)
    before = debt.open_minor - debt.amount_minor - moved
    told = [Movement(debt.issued_date, _("Invoice %(ref)s") % {"ref": debt.ref}, debt.amount_minor)]
    if before:
        told.append(Movement(debt.issued_date, _("Before our books began, %(ref)s") % {"ref": debt.ref}, before))
    return told + [Movement(m.booked_date, f"{name_of(m.kind)}, {debt.ref}", m.amount_minor) for m in found.moves]


def _statements(visit: Visit) -> tuple[Statement, ...]:
    return statements(visit.opened.shard, visit.opened.customer_id)
