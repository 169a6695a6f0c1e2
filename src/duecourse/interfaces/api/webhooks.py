"""Where gateways call: `POST /hooks/<gateway>/`. The signature over the body is the only way in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from duecourse.actions.receive_webhook import receive_webhook
from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.registry import NoSuchGateway


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, gateway: str) -> HttpResponse:
    """200 once it is kept, and for a copy; 400 for one that cannot be trusted; 404 for a gateway we do not have."""
    try:
        receive_webhook(gateway, request.headers, request.body, now=request.now)
    except NoSuchGateway:
        return HttpResponse("no such gateway\n", status=404, content_type="text/plain")
    except EventRefused as refused:
        return HttpResponse(f"{refused.reason}\n", status=400, content_type="text/plain")
    return HttpResponse("kept\n", content_type="text/plain")


webhook.own_scope = True  # it opens its own transaction
