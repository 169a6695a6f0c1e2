"""After the gateway: thank you, on its way, did not go through, or came back. The page is the receipt; it can be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from duecourse.actions.ask_gateway import latest
from duecourse.actions.payment_events import reference
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.entrance import Visit, outside_scope
from duecourse.interfaces.portal.owes import owed, today
from duecourse.records.reads.portal import account, has_receipt
from duecourse.records.tenancy import scope


@dataclass(frozen=True, slots=True)
class Paid:
    """`state` is succeeded, failed, pending, refunded or disputed; `left` is what is still open."""

    token: str
    state: str
    paid: Money
    day: date
    today: date
    left: tuple[Money, ...]
    salutation: str = ""
    reference: str = ""
    mails_receipt: bool = False


@require_safe
@outside_scope
def page(visit: Visit) -> HttpResponse:
    """The newest payment of this customer, as its gateway has it now."""
    payment = latest(visit.opened, now=visit.request.now)
    if payment is None:
        return redirect("portal:link", visit.token)
    with scope([visit.opened.creditor_id]):
        # Read again: what the gateway said may have settled something.
        found = account(visit.opened.shard, visit.opened.customer_id, now=visit.request.now)
        mails = has_receipt(visit.opened.shard, visit.opened.customer_id, payment.id)
    shown = Paid(
        token=visit.token,
        state="pending" if payment.state == "new" else payment.state,
        paid=Money(payment.amount_minor, payment.currency),
        day=payment.updated_at.astimezone(ZoneInfo(found.creditor.timezone)).date(),
        today=today(visit),
        left=owed(replace(visit, account=found)),
        # The name stays behind the second fact.
        salutation=found.customer.salutation if visit.known else "",
        reference=reference(payment),
        mails_receipt=mails,
    )
    return render(visit.request, "portal/paid.html", {"sender": visit.sender, "page": shown})
