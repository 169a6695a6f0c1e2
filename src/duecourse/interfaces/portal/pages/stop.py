"""Stop these emails. A mail program may POST here by itself (RFC 8058); a person is asked once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from duecourse.actions.hear_customer import Caller, stop_messages
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.pages.ask import Thanks
from duecourse.interfaces.portal.pages.not_me import Confirm


# No CSRF token: the link itself is the capability, and a mail program has no cookie of ours.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    if visit.request.method != "POST":
        return render(visit.request, "portal/confirm.html", {"sender": visit.sender, "page": confirm(visit.token)})
    caller = Caller(visit.opened.shard, visit.opened.creditor_id, visit.opened.customer_id)
    stop_messages(caller, visit.opened.link_id, now=visit.request.now)
    thanks = Thanks(
        _("We have stopped these emails."),
        (
            _("You get no more reminders at this address."),
            _("A receipt still comes when you pay."),
            _("What is open stays open. You can pay or ask for help here."),
        ),
        visit.token,
    )
    return render(visit.request, "portal/thanks.html", {"sender": visit.sender, "page": thanks})


def confirm(token: str) -> Confirm:
    """The question."""
    return Confirm(
        token,
        title=_("Stop these emails?"),
        lead=_("You can stop our reminders at any time."),
        means=(
            _("No more reminders to this address."),
            _("What is open stays open. This page still works."),
            _("A person may write to you once, about what comes next."),
        ),
        button=_("Stop these emails"),
    )
