"""Choose how much to pay, all or part; then on to the gateway's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.pay import CannotPay, start_payment
from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.money import Money, words
from duecourse.interfaces.portal.entrance import Visit, outside_scope
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.owes import owed, settled


@dataclass(frozen=True, slots=True)
class Pay:
    """`choice` is "all", "all-" and a currency, or "part"."""

    token: str
    owed: tuple[Money, ...]
    choice: str = ""
    typed: str = ""
    currency: str = ""

    @property
    def whole(self) -> str:
        """The currency of which all is to be paid; empty for a part."""
        return self.currency if self.choice == "all" else self.choice.removeprefix("all-")


@require_http_methods(["GET", "HEAD", "POST"])
@outside_scope
def page(visit: Visit) -> HttpResponse:
    amounts = owed(visit)
    if not amounts:
        return settled(visit)
    if visit.request.method != "POST":
        return show(visit, Pay(visit.token, amounts, f"all-{amounts[0].currency}"))
    form = visit.request.POST
    asked = Pay(
        visit.token,
        amounts,
        form.get("choice", ""),
        form.get("amount", "")[:40],
        form.get("currency", amounts[0].currency),
    )
    chosen, faults = read(asked)
    return show(visit, asked, faults) if chosen is None else _go(visit, chosen)


def read(asked: Pay) -> tuple[Money | None, list[Fault]]:
    """The amount that was chosen, or what to put right.

    >>> pay = Pay("t", (Money(128460, "GBP"),), "part", "about a hundred", "GBP")
    >>> read(pay)[0]
    Money(minor=10000, currency='GBP')
    """
    by_currency = {m.currency: m for m in asked.owed}
    if asked.whole in by_currency:
        return by_currency[asked.whole], []
    if asked.choice != "part" and not asked.typed:
        return None, [Fault("amount", _("Choose all of it, or say how much."))]
    most = by_currency.get(asked.currency, asked.owed[0])
    minor = read_amount(asked.typed, most.currency)
    if minor is None:
        return None, [Fault("amount", _("Enter an amount, such as 150 or 150.00"))]
    if minor > most.minor:
        text = _("Enter no more than %(most)s. That is all that is open.") % {"most": words(most)}
        return None, [Fault("amount", text)]
    return Money(minor, most.currency), []


def show(visit: Visit, asked: Pay, errors: Sequence[Fault] = ()) -> HttpResponse:
    return render(visit.request, "portal/pay.html", {"sender": visit.sender, "page": asked, "errors": errors})


def _go(visit: Visit, chosen: Money) -> HttpResponse:
    """On to the gateway's page; in doubt, say what is so and ask again."""
    back = settings.BASE_URL + reverse("portal:paid", args=[visit.token])
    try:
        payment = start_payment(
            visit.opened,
            currency=chosen.currency,
            amount_minor=chosen.minor,
            return_url=back,
            now=visit.request.now,
        )
    except CannotPay as fault:
        if fault.kind == "nothing_open":
            return settled(visit)
        shown = {"sender": visit.sender, "token": visit.token}
        return render(visit.request, "portal/cannot_pay.html", shown, status=503)
    return redirect(payment.redirect_url or back)
