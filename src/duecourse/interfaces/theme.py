"""Light, dark or as the system says: a form sets a cookie, the server writes the attribute. No script, no flash."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from duecourse.interfaces.own_address import own_address


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice for a year and go back to where it was made."""
    response = redirect(own_address(request.POST.get("next", "")) or "/")
    theme = request.POST.get("theme")
    if theme in {"light", "dark"}:
        response.set_cookie("theme", theme, max_age=timedelta(days=365), samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


choose.own_scope = True  # type: ignore[attr-defined]
