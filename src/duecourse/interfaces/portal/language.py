"""The language of a customer's pages: chosen here, else as the customer prefers, else as the browser asks.

A choice is a cookie, so that the choice of one reader changes no letter to the customer.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_POST

from duecourse.interfaces.own_address import own_address


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice for a year and go back to where it was made."""
    response = redirect(own_address(request.POST.get("next", "")) or "/p/check/")
    wished = request.POST.get("language", "")
    if wished in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wished,
            max_age=timedelta(days=365),
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


choose.own_scope = True  # type: ignore[attr-defined]


def speak(request: HttpRequest, preferred: str) -> None:
    """The rest of this request in the customer's language, unless its reader chose one."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(settings.LANGUAGES):
        return
    with suppress(LookupError):
        translation.activate(translation.get_supported_language_variant(preferred.replace("_", "-")))
