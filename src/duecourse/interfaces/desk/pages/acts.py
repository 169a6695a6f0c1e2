"""What a person does on the desk: each POST is one action and says what happened, with an undo where there is one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from duecourse.actions import hold as holds
from duecourse.actions import note as notes
from duecourse.actions import promise as promises
from duecourse.actions import task as tasks
from duecourse.interfaces.dates import brief
from duecourse.interfaces.desk.pages.customer import shown
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.money import Money, words
from duecourse.interfaces.own_address import own_address
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.parties.models import Creditor, Customer
from duecourse.records.reads.worklist import next_after


@login_required
@require_POST
def call(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """Log how a call went, with its note and, where one was made, a promise."""
    customer, creditor = _customer(shard, customer_id)
    form = request.POST
    said, by_said = form.get("amount", "").strip(), form.get("by", "").strip()
    currency = form.get("currency", creditor.currency)[:3]
    today = request.now.astimezone(ZoneInfo(creditor.timezone)).date()
    minor = read_amount(said, currency) if said else None
    by = read_day(by_said, today, day_first=creditor.country != "US") if by_said else None
    errors = []
    if said and minor is None:
        errors.append(Fault("amount", "Enter an amount, such as 150 or 150.00"))
    if by_said and by is None:
        errors.append(Fault("by", "Enter a day that is still to come, such as Friday or 4 dec"))
    elif said and not by_said:
        errors.append(Fault("by", "Say by when, such as Friday or 4 dec"))
    elif by_said and not said:
        errors.append(Fault("amount", "Say how much, such as 150 or 150.00"))
    outcome = form.get("outcome", "talked")
    if errors or outcome not in notes.OUTCOMES:
        return shown(
            request, shard, customer_id, form=form.dict(), errors=errors or [Fault("outcome", "Choose how it went")]
        )
    who = _who(request)
    begun = form.get("begun", "")
    notes.log_call(
        customer,
        outcome,
        form.get("note", ""),
        author=who,
        now=request.now,
        begun=int(begun) if begun.isdecimal() else None,
    )
    told = "Outcome logged"
    if minor is not None and by is not None:
        promises.take(
            promises.NewPromise(shard, customer.creditor_id, customer_id, currency, minor, by, "phone", who),
            now=request.now,
        )
        told = f"Promise logged: {customer.name}, {words(Money(minor, currency), 'en')} by {brief(by, 'en')}"
    messages.success(request, told)
    if form.get("next"):
        ahead = next_after(shard, customer_id)
        return redirect(customer_url(*ahead) + "?then=worklist#outcome" if ahead else reverse("desk:worklist"))
    return redirect("desk:worklist" if form.get("then") == "worklist" else customer_url(shard, customer_id))


@login_required
@require_POST
def hold_place(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """Place a hold on the customer or one debt."""
    customer, creditor = _customer(shard, customer_id)
    form = request.POST
    zone = ZoneInfo(creditor.timezone)
    today = request.now.astimezone(zone).date()
    said = form.get("until", "").strip()
    until = read_day(said, today, day_first=creditor.country != "US") if said else None
    if (said and until is None) or form.get("kind") not in holds.KINDS:
        fault = Fault("until", "Enter a day that is still to come, such as Friday or 4 dec")
        return shown(request, shard, customer_id, form=form.dict(), errors=[fault])
    debt = form.get("debt", "")
    placed = holds.place(
        holds.NewHold(
            shard=shard,
            creditor_id=customer.creditor_id,
            customer_id=customer_id,
            kind=form["kind"],
            placed_by=_who(request),
            reason=form.get("reason", "").strip(),
            debt_id=int(debt) if debt.isdecimal() else None,
            until_at=datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC) if until else None,
            review_date=(until or today + timedelta(days=7)),
        ),
        now=request.now,
    )
    told = f"Hold placed on {customer.name}" + (f" until {brief(until, 'en')}" if until else "")
    messages.success(request, told, extra_tags=reverse("desk:hold_lift", args=[shard, placed.id]) + "?undo=1")
    return redirect(customer_url(shard, customer_id))


@login_required
@require_POST
def hold_lift(request: HttpRequest, shard: int, hold_id: int) -> HttpResponse:
    """End a hold now."""
    why = "undone" if request.GET.get("undo") else "lifted on the desk"
    lifted = holds.lift(shard, hold_id, by=_who(request), why=why, now=request.now)
    messages.success(request, "Hold lifted" if lifted else "That hold had ended already")
    return redirect(_back(request) or (customer_url(shard, lifted.customer_id) if lifted else reverse("desk:holds")))


@login_required
@require_POST
def task_close(request: HttpRequest, shard: int, task_id: int) -> HttpResponse:
    """A task is done."""
    done = tasks.close(shard, task_id, by=_who(request), outcome=request.POST.get("outcome", ""), now=request.now)
    if done:
        messages.success(request, f"Done: {done.title}", extra_tags=reverse("desk:task_reopen", args=[shard, task_id]))
    else:
        messages.success(request, "Somebody was faster: it is done")
    return redirect(_back(request) or "desk:worklist")


@login_required
@require_POST
def task_reopen(request: HttpRequest, shard: int, task_id: int) -> HttpResponse:
    """Undo."""
    back = tasks.reopen(shard, task_id)
    messages.success(request, "Open again" if back else "It was open")
    return redirect(customer_url(shard, back.customer_id) if back else "desk:worklist")


def _customer(shard: int, customer_id: int) -> tuple[Customer, Creditor]:
    customer = Customer.objects.filter(shard=shard, id=customer_id).first()
    if customer is None:
        raise Http404
    return customer, Creditor.objects.get(id=customer.creditor_id)


def _who(request: HttpRequest) -> str:
    return request.user.get_full_name() or request.user.get_username()


def _back(request: HttpRequest) -> str:
    """Where the form asks to go back to, where that is a page of ours."""
    return own_address(request.POST.get("next", ""))
