"""A link has run out: ask for a new one. It goes to the address we hold, never to whoever asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duecourse.actions.hear_customer import Caller, ask_link
from duecourse.actions.pay_link import BadLink, asks_anew
from duecourse.interfaces.portal.pages.ask import Thanks
from duecourse.interfaces.portal.pages.closed import closed
from duecourse.records.tenancy import scope


@require_POST
def page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        opened = asks_anew(token)
    except BadLink as bad:
        return closed(request, token, bad.kind)
    with scope([opened.creditor_id]):
        ask_link(Caller(opened.shard, opened.creditor_id, opened.customer_id), now=request.now)
    thanks = Thanks(
        _("Thank you. We have passed it on."),
        (_("A person sends a new link to the address we hold."), _("You can also reply to our message, or call us.")),
    )
    return render(request, "portal/thanks.html", {"page": thanks})


page.own_scope = True  # type: ignore[attr-defined]
