"""Open a dispute on the desk, take it over, answer it; say that an invoice never came; decide what a colleague asked for."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from duecourse.actions import dispute as disputes
from duecourse.actions.adjust import CannotAdjust
from duecourse.actions.allow import allow
from duecourse.actions.approve import MayNotDecide
from duecourse.actions.arrange import Speaker
from duecourse.actions.never_received import CAUSES, never_received
from duecourse.interfaces.dates import brief
from duecourse.interfaces.desk.pages.customer import shown
from duecourse.interfaces.desk.rows import customer_url
from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.portal.fault import Fault
from duecourse.records.cases.disputes import Approval, Dispute
from duecourse.records.parties.models import Customer
from duecourse.records.reads.creditor_day import day_of
from duecourse.records.reads.membership import role_of


@login_required
@require_POST
def open_(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """A dispute, as told on the phone; "the invoice never came" is mended at once."""
    customer = Customer.objects.filter(shard=shard, id=customer_id).first()
    if customer is None:
        raise Http404
    form = request.POST
    debt = form.get("debt", "")
    debt_id = int(debt) if debt.isdecimal() else None
    who = _who(request)
    today = day_of(customer.creditor_id, request.now)
    key = (shard, customer.creditor_id, customer_id)
    try:
        if form.get("reason") == "no_invoice" and debt_id and form.get("cause") in CAUSES:
            due = never_received(key, debt_id, cause=form["cause"], form="phone", by=who, now=request.now,
                                 email=form.get("email", ""))  # fmt: skip
            messages.success(request, f"Sent again. It is due on {brief(due, 'en')}, and nothing is charged for before")
            return redirect(customer_url(shard, customer_id))
        made = disputes.open_dispute(
            disputes.NewDispute(*key, form.get("reason", ""), "phone", today, who, debt_id, form.get("words", ""), who),
            now=request.now,
        )
    except disputes.NotPossible as error:
        return shown(request, shard, customer_id, form=form.dict(), errors=[Fault("disputed", str(error))])
    told = f"Dispute opened for {customer.name}. We answer by {brief(made.answer_by, 'en')}"
    messages.success(request, told, extra_tags=reverse("desk:dispute_undo", args=[shard, made.id]))
    return redirect(customer_url(shard, customer_id))


@login_required
@require_POST
def undo(request: HttpRequest, shard: int, dispute_id: int) -> HttpResponse:
    """It was opened by mistake."""
    found = _dispute(shard, dispute_id)
    done = disputes.take_back(shard, dispute_id, by=_who(request), now=request.now)
    messages.success(request, "Dispute taken back" if done else "It has its answer already")
    return redirect(customer_url(shard, found.customer_id))


@login_required
@require_POST
def answer(request: HttpRequest, shard: int, dispute_id: int) -> HttpResponse:
    """Write the outcome and our answer."""
    found = _dispute(shard, dispute_id)
    form = request.POST
    said = form.get("credit", "").strip()
    currency = form.get("currency", "GBP")[:3]
    credit = read_amount(said, currency) if said.strip("0.,") else 0
    try:
        if credit is None:
            raise disputes.NotPossible("Enter what is taken off, such as 150 or 150.00.")
        disputes.close_dispute(shard, dispute_id, form.get("outcome", ""), answer=form.get("answer", ""), by=_who(request),
                               now=request.now, credit_minor=credit)  # fmt: skip
    except disputes.NotPossible as error:
        return shown(
            request, shard, found.customer_id, form=form.dict(), errors=[Fault(f"answer-{dispute_id}", str(error))]
        )
    messages.success(request, "Answered. The customer hears it, and has two weeks before anything is due")
    return redirect(customer_url(shard, found.customer_id))


@login_required
@require_POST
def approval(request: HttpRequest, shard: int, approval_id: int) -> HttpResponse:
    """Allow what a colleague asked for, or say no."""
    found = Approval.objects.filter(shard=shard, id=approval_id).first()
    if found is None:
        raise Http404
    by = Speaker(_who(request), "desk", role_of(request.user, found.creditor_id), request.user.pk)
    try:
        done = allow(shard, approval_id, granted=bool(request.POST.get("granted")), by=by, now=request.now)
        messages.success(request, "Allowed" if done.granted else "Not allowed")
    except (MayNotDecide, CannotAdjust) as error:
        messages.success(request, str(error))
    return redirect(customer_url(shard, found.customer_id))


def _dispute(shard: int, dispute_id: int) -> Dispute:
    found: Dispute | None = Dispute.objects.filter(shard=shard, id=dispute_id).first()
    if found is None:
        raise Http404
    return found


def _who(request: HttpRequest) -> str:
    name: str = request.user.get_full_name() or request.user.get_username()
    return name
