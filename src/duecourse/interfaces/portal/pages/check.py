"""Is this really you? By the number in the message, without signing in; shows nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duecourse.interfaces.forgiving.codes import bare
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.sender import Sender
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.portal import creditors_with
from duecourse.records.tenancy import scope

MOST_ASKED = 300
"""Numbers looked up per minute in each process, by everybody together: enough for readers, too few to list the book."""


@dataclass(frozen=True, slots=True)
class Check:
    """`found`: who uses this number. The page never says whose it is, nor what it is about."""

    host: str
    typed: str = ""
    asked: bool = False
    found: tuple[Sender, ...] = ()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    host = settings.BASE_URL.split("//")[-1]
    typed = request.GET.get("reference", "")[:60].strip()
    if "reference" not in request.GET:
        return _show(request, Check(host))
    if len(bare(typed)) < 3:
        return _show(request, Check(host, typed, True), [Fault("reference", _("Enter the number from our message."))])
    cache.add("checks", 0, timeout=60)
    if cache.incr("checks") > MOST_ASKED:
        return _show(request, Check(host, typed, True), [Fault("reference", _("Please try again in a minute."))])
    with scope("all"):
        found = tuple(_sender(c) for c in creditors_with(bare(typed)))
    return _show(request, Check(host, typed, True, found))


page.own_scope = True  # type: ignore[attr-defined]


def _show(request: HttpRequest, shown: Check, errors: list[Fault] | None = None) -> HttpResponse:
    return render(request, "portal/check.html", {"page": shown, "errors": errors or []})


def _sender(creditor: Creditor) -> Sender:
    return Sender(
        name=creditor.trading_as or creditor.name,
        legal_name=creditor.name,
        phone=creditor.phone,
        hours=creditor.phone_hours,
        address=creditor.address,
        country=creditor.country,
    )
