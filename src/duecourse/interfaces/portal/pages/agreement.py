"""What was agreed: its dates, what came, the PDF, the dates for a calendar; changed or ended here. Or: sent on, with by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from duecourse.actions.arrange import stop
from duecourse.connectors.documents.typeset import pdf
from duecourse.core.money.plans.progress import How
from duecourse.core.money.plans.terms import read
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.answer_by import WORKING_DAYS, working_days_after
from duecourse.interfaces.portal.entrance import Visit, enter_with, with_second_fact
from duecourse.interfaces.portal.offer_words import name
from duecourse.interfaces.portal.owes import today
from duecourse.interfaces.portal.pages.ask import Thanks
from duecourse.interfaces.portal.pages.not_me import Confirm
from duecourse.interfaces.portal.papers import agreement_of, dates_of, reference, saved
from duecourse.records.reads.plans import Standing, one


@dataclass(frozen=True, slots=True)
class Payment:
    """One date. `how` is paid, coming, due or missed."""

    day: date
    amount: Money
    how: str
    is_next: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """The page. `state` is agreed, proposed, or how it ended; `answer_by` where a person still has to say yes."""

    token: str
    id: int
    state: str
    name: str
    salutation: str
    payments: tuple[Payment, ...]
    left: Money
    reference: str
    made: date
    today: date
    answer_by: date | None = None

    @property
    def next(self) -> Payment | None:
        return next((p for p in self.payments if p.is_next), None)

    @property
    def is_new(self) -> bool:
        """Agreed today: the page says thank you."""
        return self.made == self.today and self.state == "agreed"


@require_safe
@enter_with
@with_second_fact
def page(visit: Visit, arrangement_id: int) -> HttpResponse:
    found = _own(visit, arrangement_id)
    if found is None:
        return redirect("portal:owed", visit.token)
    return render(visit.request, "portal/agreed.html", {"sender": visit.sender, "page": agreed(visit, found)})


@require_safe
@enter_with
@with_second_fact
def paper(visit: Visit, arrangement_id: int) -> HttpResponse:
    """The agreement as a PDF."""
    found = _own(visit, arrangement_id)
    if found is None or found.state == "proposed":
        return redirect("portal:owed", visit.token)
    return saved(pdf(agreement_of(visit, found)), "application/pdf", f"{reference(found)}.pdf")


@require_safe
@enter_with
@with_second_fact
def dates(visit: Visit, arrangement_id: int) -> HttpResponse:
    """Its dates as a calendar file."""
    found = _own(visit, arrangement_id)
    if found is None or found.state != "agreed":
        return redirect("portal:owed", visit.token)
    return saved(dates_of(visit, found), "text/calendar; charset=utf-8", "dates.ics")


@require_http_methods(["GET", "HEAD", "POST"])
@enter_with
@with_second_fact
def end(visit: Visit, arrangement_id: int) -> HttpResponse:
    """End a plan; asked once."""
    found = _own(visit, arrangement_id)
    if found is None or found.state != "agreed":
        return redirect("portal:owed", visit.token)
    if visit.request.method != "POST":
        return render(visit.request, "portal/confirm.html", {"sender": visit.sender, "page": confirm(visit.token)})
    stop(found.shard, found.id, by="the customer", why="Ended on the customer's page", now=visit.request.now)
    thanks = Thanks(
        _("Your plan has ended."),
        (
            _("What is left is open again. Nothing is due for two weeks."),
            _("You can pay it, or choose another plan, at any time."),
        ),
        visit.token,
    )
    return render(visit.request, "portal/thanks.html", {"sender": visit.sender, "page": thanks})


def confirm(token: str) -> Confirm:
    """The question."""
    return Confirm(
        token,
        title=_("End this plan?"),
        lead=_("You may end it at any time. Nothing extra is charged."),
        means=(
            _("What is left is open again. Nothing is due for two weeks."),
            _("You can choose another plan at any time."),
        ),
        button=_("End the plan"),
    )


def agreed(visit: Visit, found: Standing) -> Agreed:
    """The page of an arrangement as the ledger has it."""
    now, zone = today(visit), ZoneInfo(visit.account.creditor.timezone)
    made = (found.agreed[-1][3] if found.agreed else found.at).astimezone(zone).date()
    terms = read(found.terms)
    if found.state == "agreed":
        stands = found.progress(now)
        left = stands.left_minor
        ahead = stands.next.number if stands.next else 0
        payments = tuple(
            Payment(o.due_date, Money(o.minor if o.how is How.PAID else o.left_minor, found.currency), o.how.value,
                    o.number == ahead)
            for o in stands.instalments
        )  # fmt: skip
    else:
        left = found.total_minor
        payments = tuple(Payment(d.due_date, Money(d.minor, found.currency), "coming", False) for d in found.plan)
    customer = visit.account.customer
    return Agreed(
        visit.token, found.id, found.state, name(terms, len(terms.instalments)), customer.salutation or customer.name,
        payments, Money(left, found.currency), reference(found), made, now,
        working_days_after(made, WORKING_DAYS) if found.state == "proposed" else None,
    )  # fmt: skip


def _own(visit: Visit, arrangement_id: int) -> Standing | None:
    """The customer's own arrangement; somebody else's is as good as none."""
    found = one(visit.opened.shard, arrangement_id)
    return found if found is not None and found.customer_id == visit.opened.customer_id else None
