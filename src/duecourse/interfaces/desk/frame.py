"""The frame of every desk page: who, when, where to go, how much waits there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from duecourse.interfaces.dates import place_of
from duecourse.records.reads.desk_frame import Waiting, waiting

KEYS = "keys"
"""Cookie: "on" (the default), "off", or "f" for the F-key set."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to go; `key` follows g; `count` is what waits there."""

    name: str
    url: str
    key: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the rail with its places."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page."""

    who: str
    today: date
    clock: str
    place: str
    groups: tuple[Group, ...]
    keys: str = "on"
    query: str = ""


def groups(wait: Waiting) -> tuple[Group, ...]:
    """The rail."""
    return (
        Group(
            "Work",
            (
                Entry("Worklist", reverse("desk:worklist"), "w", capped(wait.tasks)),
                Entry("Inbox", reverse("desk:inbox"), "n", capped(wait.inbound)),
                Entry("Outbox", reverse("desk:outbox"), "o", capped(wait.uncertain)),
                Entry("Holds", reverse("desk:holds"), "h"),
                Entry("Left alone", reverse("desk:alone"), "a"),
                Entry("Second look", reverse("desk:overrides"), "s"),
            ),
        ),
        Group(
            "Insight",
            (
                Entry("Dashboard", reverse("desk:dashboard"), "d"),
                Entry("Strategies", reverse("desk:strategies"), "t"),
                Entry("Improvements", reverse("desk:improvements"), "m"),
            ),
        ),
        Group(
            "Set up",
            (
                Entry("Import", reverse("desk:import"), "i"),
                Entry("Rules", reverse("desk:rules"), "r"),
                Entry("Words", reverse("desk:words"), "x"),
            ),
        ),
    )


def capped(count: int, most: int = 1000) -> str:
    """A count that is not worth counting to the end.

    >>> capped(38), capped(0), capped(1000)
    ('38', '', '1,000+')
    """
    return "" if not count else f"{most:,}+" if count >= most else f"{count:,}"


def frame_of(request: HttpRequest, wait: Waiting) -> Frame:
    zone = wait.timezone
    local = request.now.astimezone(ZoneInfo(zone))
    keys = request.COOKIES.get(KEYS, "on")
    return Frame(
        who=request.user.first_name or request.user.get_username().split("@")[0],
        today=local.date(),
        clock=f"{local:%H:%M}",
        place=place_of(zone),
        groups=groups(wait),
        keys=keys if keys in {"on", "off", "f"} else "on",
        query=request.GET.get("q", "")[:80],
    )


def show(request: HttpRequest, template: str, page: Any, *, current: str = "", **more: Any) -> HttpResponse:
    """A desk page in its frame. `current` is the rail's entry that we are at."""
    status = more.pop("status", 200)
    context = {"page": page, "frame": frame_of(request, waiting()), "current": current, **more}
    return render(request, f"desk/{template}.html", context, status=status)
