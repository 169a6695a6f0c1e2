"""What is owed, for what, to whom, by when; one clear act and three dignified others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.entrance import Visit, knows, may_try, remember, through_link
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.looking_into import looking_into
from duecourse.interfaces.portal.owes import due_by, owed, settled, today
from duecourse.interfaces.portal.pages.link import landing


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice of the letter."""

    ref: str
    description: str
    open: Money
    due: date
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """The letter."""

    token: str
    salutation: str
    owed: tuple[Money, ...]
    lines: tuple[Line, ...]
    due_by: date | None
    today: date
    looking_into: tuple[str, ...] = ()

    @property
    def only(self) -> Line | None:
        """The one invoice, where there is just one."""
        return self.lines[0] if len(self.lines) == 1 else None

    @property
    def all_ahead(self) -> bool:
        """Nothing is past its date: we say "due soon", not "still open"."""
        return all(line.due >= self.today for line in self.lines)


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    """POST gives the second fact; GET shows the letter once it was given."""
    if visit.request.method == "POST":
        return _enter(visit)
    return _show(visit) if visit.known else redirect("portal:link", visit.token)


def _enter(visit: Visit) -> HttpResponse:
    typed = visit.request.POST.get("known", "")[:80]
    if not may_try(visit):
        return landing(visit, typed, [Fault("known", _("That was a lot of tries. Please wait an hour, or call us."))])
    if knows(visit, typed):
        return remember(visit, redirect("portal:owed", visit.token))
    words = (
        _("That is not what we have. Check it, or try the invoice number.")
        if typed.strip()
        else _("Enter your postcode, or an invoice or customer number.")
    )
    return landing(visit, typed, [Fault("known", words)])


def _show(visit: Visit) -> HttpResponse:
    amounts = owed(visit)
    if not amounts:
        return settled(visit)
    customer = visit.account.customer
    lines = tuple(
        Line(d.ref, d.description, Money(d.open_minor, d.currency), d.due_date, d.paused) for d in visit.account.debts
    )
    shown = Owed(
        visit.token,
        customer.salutation or customer.name,
        amounts,
        lines,
        due_by(visit),
        today(visit),
        looking_into(visit),
    )
    return render(visit.request, "portal/owed.html", {"sender": visit.sender, "page": shown})
