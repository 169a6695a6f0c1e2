"""Click to call: the gate is asked and the call counted first; only then is there a number to ring."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from duecourse.actions.begin_call import begin_call
from duecourse.actions.pass_gate import Act
from duecourse.core.law.rulebook import Rulebook
from duecourse.interfaces.desk.rows import customer_url
from duecourse.records.ledger.models import Debt
from duecourse.records.parties.models import ContactPoint, Customer
from duecourse.records.reads.rulings import granted

OPEN: Final = timedelta(hours=4)
"""How long a call that has begun waits for its outcome on the page."""


@login_required
@require_POST
def begin(request: HttpRequest, shard: int, customer_id: int) -> HttpResponse:
    """Ask, count, and show the number; or say which rule holds the call."""
    customer = Customer.objects.filter(shard=shard, id=customer_id).first()
    phones = ContactPoint.objects.filter(shard=shard, customer_id=customer_id, kind="phone", ended_at__isnull=True)
    phone = phones.order_by("rank", "id").first()
    if customer is None or phone is None:
        raise Http404
    open_debts = Debt.objects.filter(shard=shard, customer_id=customer_id).exclude(open_minor=0).order_by("id")
    act = Act(
        shard=shard,
        creditor_id=customer.creditor_id,
        customer_id=customer_id,
        act="call",
        debts=tuple(open_debts.values_list("id", flat=True)),
        point_id=phone.id,
        override_id=granted(shard, customer_id, "call", now=request.now),
    )
    ruling, contact = begin_call(
        act,
        by=request.user.get_full_name() or request.user.get_username(),
        rules=Rulebook.load(as_of=request.now.date()),
        now=request.now,
    )
    back = customer_url(shard, customer_id)
    if contact is None:
        return redirect("desk:ruling", shard, ruling.id)
    messages.success(request, "The call is counted. Ring now")
    then = "&then=worklist" if request.POST.get("then") == "worklist" else ""
    return redirect(f"{back}?begun={contact.id}{then}#call")
