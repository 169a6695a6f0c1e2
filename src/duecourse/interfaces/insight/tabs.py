"""The places of insight, above each of its pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from duecourse.interfaces.insight.view import Filter

PLACES = (
    ("Dashboard", "dashboard", ""),
    ("Portfolio", "report", "portfolio"),
    ("Cash", "report", "cash"),
    ("Root causes", "report", "causes"),
    ("Team", "report", "team"),
    ("Compliance", "report", "compliance"),
    ("Fairness", "report", "fairness"),
    ("Costs", "costs", ""),
    ("Your books", "books", ""),
)


def tabs(request: HttpRequest, current: str) -> tuple[Filter, ...]:
    """`current` is the report or route that we are at; the chosen book goes along."""
    kept = urlencode({k: request.GET[k] for k in ("currency", "creditor") if request.GET.get(k)})
    return tuple(
        Filter(
            name,
            reverse(f"desk:{route}", args=[part] if part else []) + (f"?{kept}" if kept else ""),
            current == (part or route),
        )
        for name, route, part in PLACES
    )
