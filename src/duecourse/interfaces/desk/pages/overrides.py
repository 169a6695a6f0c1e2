"""House rules set aside for one act: one person asks and says why, another answers. The law is never asked about."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from duecourse.actions.ask_override import NoOverride, ask_override
from duecourse.actions.ask_override import Wish as Asked
from duecourse.actions.decide_override import decide_override
from duecourse.core.law.rulebook import Rulebook
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.pages.ruling import shown
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.parties.models import Customer
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.rulings import ruling, wishes


@dataclass(frozen=True, slots=True)
class Line:
    """One wish. `mine`: the reader asked for it, so another person answers."""

    url: str
    name: str
    act: str
    rules: tuple[str, ...]
    reason: str
    asked: str
    decide_url: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Overrides:
    """The page."""

    lines: tuple[Line, ...]


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits for a second person."""
    zone, book = waiting().timezone, Rulebook.load(as_of=request.now.date())
    lines = tuple(
        Line(
            url=customer_url(wish.shard, wish.customer_id),
            name=wish.customer,
            act=wish.act.replace("_", " "),
            rules=tuple(book[rule].title if rule in book else rule for rule in wish.rules),
            reason=wish.reason,
            asked=f"{wish.asked_by}, {stamp(wish.asked_at, request.now, zone)}",
            decide_url=reverse("desk:override_decide", args=[wish.shard, wish.id]),
            mine=wish.asked_by_id == request.user.pk,
        )
        for wish in wishes(request.now)
    )
    return show(request, "overrides", Overrides(lines), current="Second look")


@login_required
@require_POST
def ask(request: HttpRequest, shard: int, ruling_id: int) -> HttpResponse:
    """Ask to set aside the house rules that held this act."""
    held = ruling(shard, ruling_id)
    if held is None:
        raise Http404
    customer = Customer.objects.get(shard=shard, id=held.customer_id)
    wish = Asked(
        shard=shard,
        creditor_id=customer.creditor_id,
        customer_id=held.customer_id,
        act=held.act,
        rules=held.held_by,
        reason=request.POST.get("reason", ""),
        asked_by_id=request.user.pk,
        asked_by=_who(request),
    )
    try:
        ask_override(wish, rules=Rulebook.load(as_of=request.now.date()), now=request.now)
    except NoOverride as error:
        return shown(request, held, errors=[Fault("reason", str(error))])
    messages.success(request, "Asked. A second person answers under Second look")
    return redirect(customer_url(shard, held.customer_id))


@login_required
@require_POST
def decide(request: HttpRequest, shard: int, override_id: int) -> HttpResponse:
    """Grant it or refuse it, as a second person."""
    yes = request.POST.get("answer") == "grant"
    try:
        done = decide_override(
            shard, override_id, granted=yes, by_id=request.user.pk, by=_who(request), now=request.now
        )
    except NoOverride as error:
        messages.success(request, str(error))
        return redirect("desk:overrides")
    messages.success(
        request, "That was answered or has run out" if done is None else "Granted, for one act" if yes else "Refused"
    )
    return redirect("desk:overrides")


def _who(request: HttpRequest) -> str:
    return request.user.get_full_name() or request.user.get_username()
