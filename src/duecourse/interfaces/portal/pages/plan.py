"""Spread it: one question a page, then the ways that fit. At most five: who you are, what you can manage, when, which, and yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duecourse.actions.arrange import Speaker
from duecourse.actions.offer import Wish, hear_means, make
from duecourse.core.money.plans.terms import BadTerms
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal import plan_answers
from duecourse.interfaces.portal.entrance import Visit, knows, may_try, remember, through_link
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.owes import owed, settled, today
from duecourse.interfaces.portal.running import Running, is_hard, running

STEPS = ("who", "manage", "when")


@dataclass(frozen=True, slots=True)
class Question:
    """One page. `kept` carries what was answered before; `number` counts from 1."""

    token: str
    step: str
    number: int
    owed: tuple[Money, ...]
    person: bool
    kept: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    fault_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def inflows(self) -> tuple[tuple[int, str, str, str, str], ...]:
        """Rows of a firm's question: number, sum, its fault, day, its fault."""
        return tuple(
            (n, self.form.get(f"in{n}", ""), self.fault_of.get(f"in{n}", ""), self.form.get(f"on{n}", ""),
             self.fault_of.get(f"on{n}", ""))
            for n in range(1, plan_answers.INFLOWS + 1)
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def page(visit: Visit) -> HttpResponse:
    """GET begins, or shows the plan that runs; POST answers the question that its `step` names."""
    if not owed(visit):
        return settled(visit)
    form = {name: value[:80] for name, value in visit.request.POST.items() if name != "kept"}
    if visit.request.method != "POST":
        return _begin(visit)
    step = form.get("step", "")
    if step == "who":
        return _who(visit, form)
    if not visit.known:
        return ask(visit, "who")
    before = plan_answers.kept(visit.request.POST.get("kept", ""), visit.opened.link_id)
    if step == "manage":
        return _manage(visit, form)
    if step == "when" and "currency" in before:
        return _when(visit, form, before)
    return ask(visit, "manage")


def _begin(visit: Visit) -> HttpResponse:
    if not visit.known:
        return ask(visit, "who")
    plans = running(visit)
    if plans and "change" not in visit.request.GET:
        return redirect("portal:agreement", visit.token, plans[-1].id)
    return ask(visit, "manage")


def _who(visit: Visit, form: Mapping[str, str]) -> HttpResponse:
    typed = form.get("known", "")
    if not may_try(visit):
        return ask(visit, "who", form, [Fault("known", _("That was a lot of tries. Please wait an hour, or call us."))])
    if not knows(visit, typed):
        words = (
            _("That is not what we have. Check it, or try the invoice number.")
            if typed.strip()
            else _("Enter your postcode, or an invoice or customer number.")
        )
        return ask(visit, "who", form, [Fault("known", words)])
    return remember(visit, redirect("portal:plan", visit.token))


def _manage(visit: Visit, form: Mapping[str, str]) -> HttpResponse:
    open_in = {m.currency for m in owed(visit)}
    currency = form.get("currency", "")
    if currency not in open_in:
        currency = owed(visit)[0].currency
    if _person(visit):
        said, faults = plan_answers.manages(form, currency)
    else:
        said, faults = plan_answers.inflows(form, currency, today(visit), day_first=visit.sender.country != "US")
    if faults:
        return ask(visit, "manage", form, faults)
    answers = {"means": said, "currency": currency}
    if said.get("inflows"):  # the days are known: how often need not be asked
        return _offer(visit, answers, plan_answers.When("month"), form)
    return ask(visit, "when", {"every": "month"}, kept=plan_answers.keep(answers, visit.opened.link_id))


def _when(visit: Visit, form: Mapping[str, str], before: Mapping[str, Any]) -> HttpResponse:
    when, faults = plan_answers.when(form)
    if when is None:
        return ask(visit, "when", form, faults, kept=visit.request.POST.get("kept", ""))
    return _offer(visit, before, when, form)


def _offer(visit: Visit, before: Mapping[str, Any], when: plan_answers.When, form: Mapping[str, str]) -> HttpResponse:
    """Work out the ways that fit, keep them, and show them at an address that can be looked at again."""
    opened, now, currency = visit.opened, visit.request.now, before["currency"]
    who = (opened.shard, opened.creditor_id, opened.customer_id)
    customer = Speaker(visit.account.customer.name, "portal")
    told = hear_means(who, before["means"], currency, hardship=is_hard(visit), by=customer, now=now)
    wish = Wish(currency, _debts(visit, currency), when.every, when.payday)
    try:
        menu = make(who, wish, told=told, by=customer, now=now)
    except BadTerms:
        return ask(visit, "manage", form, [Fault("main", _("Nothing is left to spread. You can pay it as it is."))])
    return redirect("portal:offers", visit.token, menu.offer_id)


def _debts(visit: Visit, currency: str) -> tuple[int, ...]:
    """What is to be spread: what has no plan yet, or else the debts of the plan that is to change."""
    plans: tuple[Running, ...] = running(visit)
    under = {debt for plan in plans for debt in plan.debts}
    free = tuple(d.id for d in visit.account.debts if d.currency == currency and d.id not in under)
    changing = next((p.debts for p in reversed(plans) if p.currency == currency), ())
    open_now = {d.id for d in visit.account.debts}
    return free or tuple(debt for debt in changing if debt in open_now)


def ask(
    visit: Visit, step: str, form: Mapping[str, str] | None = None, errors: Sequence[Fault] = (), *, kept: str = ""
) -> HttpResponse:
    """The page of one question, with what was typed kept."""
    faults = {e.field: e.text for e in errors}
    shown = Question(
        visit.token, step, STEPS.index(step) + 1, owed(visit), _person(visit), kept, dict(form or {}), faults
    )
    context = {"sender": visit.sender, "page": shown, "errors": errors}
    return render(visit.request, "portal/plan.html", context, status=422 if errors else 200)


def _person(visit: Visit) -> bool:
    return bool(visit.account.customer.kind == "person")
