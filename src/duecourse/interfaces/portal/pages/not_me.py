"""This is not for me: told once, we stop writing to that address and the link opens nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.hear_customer import Caller, not_them
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.pages.ask import Thanks


@dataclass(frozen=True, slots=True)
class Confirm:
    """A page that asks for one yes."""

    token: str
    title: str
    lead: str
    means: tuple[str, ...]
    button: str


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    if visit.request.method != "POST":
        return render(visit.request, "portal/confirm.html", {"sender": visit.sender, "page": confirm(visit.token)})
    caller = Caller(visit.opened.shard, visit.opened.creditor_id, visit.opened.customer_id)
    not_them(caller, visit.opened.link_id, now=visit.request.now)
    thanks = Thanks(
        _("Thank you. We are sorry for the trouble."),
        (
            _("We have stopped writing to this address."),
            _("This link no longer opens."),
            _("There is nothing more to do."),
        ),
    )
    return render(visit.request, "portal/thanks.html", {"sender": visit.sender, "page": thanks})


def confirm(token: str) -> Confirm:
    """The question."""
    return Confirm(
        token,
        title=_("This is not for me"),
        lead=_("Sorry about that. Tell us once and we stop writing to you."),
        means=(
            _("We stop writing to this address at once."),
            _("This link opens nothing more, for anyone."),
            _("You need not tell us who you are."),
        ),
        button=_("It is not for me. Stop writing"),
    )
