"""The door for a one-time link. Looking at it uses nothing up (mail scanners look); pressing the button does."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from duecourse.actions.sign_in import LIFE, person_of, use

COOKIE: Final = "enter"
_asked = signing.Signer(salt="duecourse.enter")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button; POST signs in, but only from the browser that was shown it: a cookie of its own says so."""
    response = _press(request, token) if request.method == "POST" else _look(request, token)
    add_never_cache_headers(response)
    return response


def _look(request: HttpRequest, token: str) -> HttpResponse:
    person = person_of(token, now=request.now)  # type: ignore[attr-defined]
    if person is None:
        return _spent(request)
    response = render(request, "account/enter.html", {"person": person})
    response.set_cookie(
        COOKIE, _asked.sign(token), max_age=LIFE, path=request.path, httponly=True, samesite="Strict",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


def _press(request: HttpRequest, token: str) -> HttpResponse:
    try:
        asked = _asked.unsign(request.COOKIES.get(COOKIE, ""))
    except signing.BadSignature:
        asked = ""
    if asked != token:
        # Another browser asked: the link stays good, and this one is shown the button first.
        return redirect(request.path)
    person = use(token, now=request.now)  # type: ignore[attr-defined]
    if person is None:
        return _spent(request)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    response = redirect("/desk/")
    response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
    return response


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/link_spent.html", status=410)


urlpatterns = [path("<str:token>/", enter, name="enter")]
