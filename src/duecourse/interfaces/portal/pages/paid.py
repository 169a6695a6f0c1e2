"""After the gateway: thank you, on its way, or it did not go through. The page is the receipt; it can be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.entrance import Visit, through_link
from duecourse.interfaces.portal.owes import owed, today
from duecourse.records.reads.portal import last_payment


@dataclass(frozen=True, slots=True)
class Paid:
    """`state` is succeeded, failed or pending; `left` is what is still open."""

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
@through_link
def page(visit: Visit) -> HttpResponse:
    """The newest payment that was begun through this very link."""
    payment = last_payment(visit.opened.shard, visit.opened.link_id)
    if payment is None:
        return redirect("portal:link", visit.token)
    state = {"succeeded": "succeeded", "failed": "failed"}.get(payment.state, "pending")
    on = payment.updated_at.astimezone(ZoneInfo(visit.account.creditor.timezone)).date()
    shown = Paid(
        token=visit.token,
        state=state,
        paid=Money(payment.amount_minor, payment.currency),
        day=on,
        today=today(visit),
        left=owed(visit),
        # The name stays behind the second fact.
        salutation=visit.account.customer.salutation if visit.known else "",
        reference=f"P-{payment.id:x}".upper(),
        mails_receipt=payment.mails_receipt,
    )
    return render(visit.request, "portal/paid.html", {"sender": visit.sender, "page": shown})
