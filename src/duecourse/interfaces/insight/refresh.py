"""A page that loads itself again, where somebody asked it to: a screen on the wall, not a reader with their finger on a line."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Refresh:
    """`seconds` is 0 where the page stays as it is; `url` turns it the other way."""

    seconds: int
    url: str


def refreshing(request: HttpRequest) -> Refresh:
    query = request.GET.copy()
    live = query.pop("live", ["off"])[-1] == "on"
    if not live:
        query["live"] = "on"
    return Refresh(SECONDS if live else 0, f"?{query.urlencode()}")
