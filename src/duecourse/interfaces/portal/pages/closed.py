"""A link that opens nothing: run out, taken back, or not ours. Says nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, slots=True)
class Closed:
    """`can_ask`: the link was ours and has run out, so that a person may send a new one."""

    token: str
    can_ask: bool


def closed(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The page for a link that does not open. An unknown one looks the same to everybody."""
    if kind == "unknown":
        return render(request, "portal/no_page.html", status=404)
    return render(request, "portal/expired.html", {"page": Closed(token, kind == "expired")}, status=410)
