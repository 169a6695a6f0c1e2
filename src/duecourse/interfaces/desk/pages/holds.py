"""Holds that run now."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.actions.hold import KINDS
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import brief, stamp
from duecourse.interfaces.desk.cursor import pack, unpack
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.pages.worklist import Filter
from duecourse.interfaces.desk.rows import customer_url
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.holds import RunningHold, holds

SIZE = 50
CHIPS = {"hardship": "care", "dispute": "dispute"}


@dataclass(frozen=True, slots=True)
class Hold:
    """A line of the table."""

    url: str
    name: str
    chip: Chip
    what: str
    reason: str
    placed: str
    until: str
    review: str
    lift_url: str


@dataclass(frozen=True, slots=True)
class Holds:
    """The page."""

    lede: str
    filters: tuple[Filter, ...]
    holds: tuple[Hold, ...]
    url: str = ""
    more_url: str = ""


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    after = unpack(request.GET.get("after", ""))
    found = holds(
        now=request.now, kind=kind, after=(after[0], int(after[1])) if after and len(after) == 2 else None, limit=SIZE
    )
    zone = waiting().timezone
    last = found[-1] if len(found) == SIZE else None
    here = Holds(
        lede="Whom we do not chase, why, and when we look again. Soonest first.",
        filters=(
            Filter("All", "?", not kind),
            *(Filter(name, f"?kind={value}", value == kind) for value, name in KINDS.items()),
        ),
        holds=tuple(_line(h, request, zone) for h in found),
        url=request.get_full_path(),
        more_url=f"?kind={kind}&after={pack(last.review_date.isoformat() if last.review_date else 'infinity', last.id)}"
        if last
        else "",
    )
    return show(request, "holds", here, current="Holds")


def _line(hold: RunningHold, request: HttpRequest, zone: str) -> Hold:
    return Hold(
        url=customer_url(hold.shard, hold.customer_id),
        name=hold.name,
        chip=Chip(KINDS.get(hold.kind, hold.kind), CHIPS.get(hold.kind, "hold")),
        what=hold.debt_ref or "Everything",
        reason=hold.reason,
        placed=f"{hold.placed_by}, {stamp(hold.from_at, request.now, zone)}",
        until=brief(hold.until_at.astimezone(ZoneInfo(zone)).date(), "en") if hold.until_at else "Until lifted",
        review=brief(hold.review_date, "en") if hold.review_date else "–",
        lift_url=reverse("desk:hold_lift", args=[hold.shard, hold.id]),
    )
