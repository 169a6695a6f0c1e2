"""Where providers of texts call: `POST /hooks/sms/<name>/status/` and `/hooks/sms/<name>/in/`. The signature is the way in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from duecourse.actions.hear_receipt import UnknownMessage
from duecourse.actions.receive_text import receive_status, receive_text
from duecourse.actions.text_providers import text_providers
from duecourse.connectors.channels.sms.text import Call, HookRefused, Provider

Take = Callable[..., object]


def _hook(take: Take) -> Callable[[HttpRequest, str], HttpResponse]:
    @csrf_exempt
    @require_POST
    def view(request: HttpRequest, name: str) -> HttpResponse:
        provider: Provider | None = text_providers().get(name)
        if provider is None:
            return _plain("no such provider", 404)
        # The address as the provider was told it: behind a proxy our own host name is not what was signed.
        call = Call(
            settings.BASE_URL + request.get_full_path(),
            {key.lower(): value for key, value in request.headers.items()},
            request.body,
        )
        try:
            take(provider, call, now=request.now)  # type: ignore[attr-defined]
        except HookRefused as refused:
            # A copy of what was kept is no fault of the caller: it would only call again.
            return _plain("kept before", 200) if refused.reason == "replay" else _plain(refused.reason, 400)
        except UnknownMessage:
            return _plain("no message of ours", 404)
        return _plain("kept", 200)

    view.own_scope = True  # type: ignore[attr-defined]
    return view


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain")


status = _hook(receive_status)
inbound = _hook(receive_text)
