"""The ways that fit, and the agreement of the one that was picked: read first, then said yes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.arrange import NotAgreed, Speaker
from duecourse.actions.choose import HOLDS_GOOD, choose
from duecourse.actions.hold import NewHold, place
from duecourse.core.money.plans.terms import Terms, read
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.answer_by import answer_by
from duecourse.interfaces.portal.entrance import Visit, enter_with, with_second_fact
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.offer_words import Way, means, name, way
from duecourse.interfaces.portal.owes import today
from duecourse.interfaces.portal.running import running
from duecourse.records.cases.arrangements import Offer


@dataclass(frozen=True, slots=True)
class Offers:
    """The menu."""

    token: str
    total: Money
    ways: tuple[Way, ...]
    means: tuple[str, ...]
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Agree:
    """The terms of one way, before anything is agreed. `changes`: they take the place of a plan that runs."""

    token: str
    offer: int
    name: str
    dates: tuple[tuple[date, Money], ...]
    total: Money
    means: tuple[str, ...]
    today: date
    changes: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@enter_with
@with_second_fact
def page(visit: Visit, offer_id: int) -> HttpResponse:
    """The ways; POST picks one."""
    offer = _offer(visit, offer_id)
    if offer is None:
        return redirect("portal:plan", visit.token)
    if visit.request.method != "POST":
        return show(visit, offer)
    said = visit.request.POST.get("way", "")
    if not (said.isdecimal() and 1 <= int(said) <= len(offer.menu)):
        return show(visit, offer, [Fault("way", _("Choose the one that fits best."))])
    return redirect("portal:terms", visit.token, offer.id, int(said))


@require_http_methods(["GET", "HEAD", "POST"])
@enter_with
@with_second_fact
def terms(visit: Visit, offer_id: int, at: int) -> HttpResponse:
    """The agreement to read; POST says yes, and it binds at once inside the creditor's limits."""
    offer = _offer(visit, offer_id)
    if offer is None or not 1 <= at <= len(offer.menu):
        return redirect("portal:plan", visit.token)
    picked = read(offer.menu[at - 1]["terms"])
    before = next((p for p in running(visit) if set(p.debts) & {debt for debt, _minor in picked.debts}), None)
    if visit.request.method != "POST":
        return _read(visit, offer.id, picked, changes=before is not None)
    opened = visit.opened
    creditor = Speaker(visit.sender.name, "portal")
    try:
        made, binds = choose(
            (opened.shard, opened.creditor_id, opened.customer_id), offer.id, at,
            customer=Speaker(visit.account.customer.name, "portal"), creditor=creditor, now=visit.request.now,
            replaces_id=before.id if before else None,
        )  # fmt: skip
    except NotAgreed:
        return show(visit, offer, [Fault("way", _("What is open has changed since. Please begin again."))])
    if not binds:
        _pause(visit)
    return redirect("portal:agreement", visit.token, made.id)


def show(visit: Visit, offer: Offer, errors: Sequence[Fault] = ()) -> HttpResponse:
    ways = tuple(
        way(n, read(one["terms"]), one["figures"], today=today(visit)) for n, one in enumerate(offer.menu, start=1)
    )
    first = read(offer.menu[0]["terms"])
    shown = Offers(
        visit.token, Money(sum(m for _d, m in first.debts), offer.currency), ways, means(first)[:1] + means(first)[2:]
    )
    context = {"sender": visit.sender, "page": shown, "errors": errors}
    return render(visit.request, "portal/offers.html", context, status=422 if errors else 200)


def _read(visit: Visit, offer_id: int, picked: Terms, *, changes: bool) -> HttpResponse:
    shown = Agree(
        visit.token,
        offer_id,
        name(picked, len(picked.instalments)),
        tuple((day, Money(minor, picked.currency)) for day, minor in picked.instalments),
        Money(picked.total_minor, picked.currency),
        means(picked),
        today(visit),
        changes,
    )
    return render(visit.request, "portal/terms.html", {"sender": visit.sender, "page": shown})


def _offer(visit: Visit, offer_id: int) -> Offer | None:
    """The customer's own menu, while it holds good."""
    found: Offer | None = Offer.objects.filter(
        shard=visit.opened.shard, id=offer_id, customer_id=visit.opened.customer_id
    ).first()
    return found if found and found.menu and visit.request.now - found.at <= HOLDS_GOOD else None


def _pause(visit: Visit) -> None:
    """Nobody is chased while a second person looks at what they asked for."""
    opened, (by, until) = visit.opened, answer_by(visit)
    place(
        NewHold(opened.shard, opened.creditor_id, opened.customer_id, "pause", "the customer",
                "Asked for terms that a person has to allow", until_at=until, review_date=by),
        now=visit.request.now,
    )  # fmt: skip
