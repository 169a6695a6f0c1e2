"""Where a service desk calls: `POST /hooks/tickets/<system>/`. The signature over the body is the only way in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from duecourse.actions.receive_ticket import receive_ticket
from duecourse.connectors.channels.sms.text import Call, HookRefused


@csrf_exempt
@require_POST
def ticket(request: HttpRequest, system: str) -> HttpResponse:
    """200 with what became of it, and for a copy; 400 for a call that cannot be trusted; 404 for a system we do not have."""
    found = settings.TICKET_SYSTEMS.get(system)
    if not found or not found.get("secret"):
        return _plain("no such system", 404)
    call = Call(
        settings.BASE_URL + request.get_full_path(), {k.lower(): v for k, v in request.headers.items()}, request.body
    )
    try:
        return _plain(receive_ticket(system, found, call, now=request.now), 200)  # type: ignore[attr-defined]
    except HookRefused as refused:
        return _plain("kept before", 200) if refused.reason == "replay" else _plain(refused.reason, 400)


ticket.own_scope = True  # type: ignore[attr-defined]


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain")
