"""Build an offer with the customer on the phone: what they can spare, the ways that fit, what each means, and their yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from duecourse.actions.arrange import NotAgreed, Speaker
from duecourse.actions.choose import choose
from duecourse.actions.offer import Choice, Menu, Wish, hear_means, make
from duecourse.core.money.offers.words import for_creditor, for_customer, name
from duecourse.core.money.plans.terms import BadTerms
from duecourse.interfaces.dates import short
from duecourse.interfaces.desk import means_form
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.money import Money, words
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.reads.customer import CustomerPage, customer_page
from duecourse.records.reads.membership import role_of


@dataclass(frozen=True, slots=True)
class Way:
    """An option as the page shows it."""

    place: int
    name: str
    amount: Money
    you: tuple[str, ...]
    us: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The page. `limits` says what this person may agree to alone."""

    name: str
    customer_url: str
    url: str
    agree_url: str
    person: bool
    owed: tuple[Money, ...]
    currencies: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    offer_id: int = 0
    limits: str = ""
    money_in: tuple[tuple[str, str, str, str], ...] = ()
    money_out: tuple[tuple[str, str, str, str], ...] = ()
    inflows: tuple[tuple[str, str, str, str, str], ...] = ()
    every: tuple[tuple[str, str], ...] = means_form.EVERY
    form: Mapping[str, str] = field(default_factory=dict)
    fault_of: Mapping[str, str] = field(default_factory=dict)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """The questions; after a POST, the ways that fit."""
    found = _found(request, shard, customer_id)
    if request.method != "POST":
        return _shown(request, found, {}, None)
    form = request.POST.dict()
    who = found.who
    currency = form.get("currency", "")[:3] or who.currency
    today = request.now.astimezone(ZoneInfo(who.zone)).date()
    heard = means_form.read(form, currency, today, person=who.is_person, day_first=who.country != "US")
    if isinstance(heard, list):
        return _shown(request, found, form, None, heard)
    key = (who.shard, who.creditor_id, who.id)
    by = _speaker(request, who.creditor_id)
    told = hear_means(key, heard.answers, currency, hardship=heard.hardship, by=by, now=request.now)
    wish = Wish(currency, every=heard.every, payday=heard.payday, lump_minor=heard.lump_minor)
    try:
        menu = make(key, wish, told=told, by=by, now=request.now)
    except BadTerms as error:
        return _shown(request, found, form, None, [Fault("currency", str(error))])
    return _shown(request, found, form, menu)


@login_required
@require_POST
def agree(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """The customer said yes on the phone, and so do we."""
    found = _found(request, shard, customer_id)
    who = found.who
    chosen, offer = request.POST.get("way", ""), request.POST.get("offer", "")
    by = _speaker(request, who.creditor_id)
    try:
        if not (chosen.isdecimal() and offer.isdecimal()):
            raise NotAgreed("Choose one of the ways that are shown.")
        made, binds = choose(
            (who.shard, who.creditor_id, who.id), int(offer), int(chosen),
            customer=Speaker(f"{who.name}, on the phone", "phone"), creditor=by, now=request.now,
        )  # fmt: skip
    except NotAgreed as error:
        return _shown(request, found, {}, None, [Fault("start", str(error))])
    told = (
        f"Agreed with {who.name}. It is in writing on its way"
        if binds
        else f"Kept. It waits for a second person: {made.needs_approval}"
    )
    messages.success(request, told)
    return redirect(customer_url(shard, customer_id))


def _found(request: HttpRequest, shard: int, customer_id: int) -> CustomerPage:
    found = customer_page(shard, customer_id, now=request.now)
    if found is None:
        raise Http404
    return found


def _speaker(request: HttpRequest, creditor_id: int) -> Speaker:
    name = request.user.get_full_name() or request.user.get_username()
    return Speaker(name, "phone", role_of(request.user, creditor_id), request.user.pk)


def _shown(
    request: HttpRequest, found: CustomerPage, form: Mapping[str, str], menu: Menu | None, errors: Sequence[Fault] = ()
) -> HttpResponse:
    who = found.who
    pair = (who.shard, who.id)
    owed: dict[str, int] = {}
    for debt in found.debts:
        owed[debt.currency] = owed.get(debt.currency, 0) + max(0, debt.open_minor)
    faults = {e.field: e.text for e in errors}
    here = OfferPage(
        name=who.name,
        customer_url=customer_url(*pair),
        url=reverse("desk:offer", args=pair),
        agree_url=reverse("desk:offer_agree", args=pair),
        person=who.is_person,
        owed=tuple(Money(minor, currency) for currency, minor in owed.items()),
        currencies=tuple(owed) or (who.currency,),
        ways=tuple(_way(n, c, menu, request) for n, c in enumerate(menu.choices, 1)) if menu else (),
        offer_id=menu.offer_id if menu else 0,
        limits=_limits(request, who.creditor_id, menu, form) if menu else "",
        money_in=_fields(means_form.MONEY_IN, form, faults),
        money_out=_fields(means_form.MONEY_OUT, form, faults),
        inflows=tuple(
            (str(n), form.get(f"in{n}", ""), form.get(f"on{n}", ""), faults.get(f"in{n}", ""), faults.get(f"on{n}", ""))
            for n in range(1, means_form.INFLOWS + 1)
        ),
        form={"every": "month", **form},
        fault_of=faults,
    )
    return show(request, "offer", here, errors=errors, status=422 if errors else 200)


def _fields(names: Sequence[tuple[str, str]], form: Mapping[str, str], faults: Mapping[str, str]):  # type: ignore[no-untyped-def]
    return tuple((field_, label, form.get(field_, ""), faults.get(field_, "")) for field_, label in names)


def _way(place: int, choice: Choice, menu: Menu, request: HttpRequest) -> Way:
    def say(minor: int) -> str:
        return words(Money(minor, menu.currency), "en")

    def day(when) -> str:  # type: ignore[no-untyped-def]
        return short(when, request.now.date(), "en")

    option = choice.figures
    best = max(c.figures["value"] for c in menu.choices)
    shown = option["reduced_each"] if option["reduced"] else option["each"] if option["monthly"] else 0
    return Way(
        place,
        name(option),
        Money(shown, menu.currency),
        for_customer(option, say, day),
        for_creditor(option, say, best),
    )


def _limits(request: HttpRequest, creditor_id: int, menu: Menu, form: Mapping[str, str]) -> str:
    role = role_of(request.user, creditor_id)
    limit = menu.policy.limit(role, menu.owed_minor, menu.currency, hardship=bool(form.get("hardship")))
    let_go = f"let go up to {limit.settle_bp / 100:g} %" if limit.settle_bp else "let nothing go"
    return (
        f"As {role} you may agree to {limit.months} months, {limit.extend_days} days more, and {let_go}. "
        "Anything else goes to a second person."
    )
