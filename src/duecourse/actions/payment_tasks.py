"""What about a payment is for a person to decide. No task names a sum or a person in its title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.payment_events import reference
from duecourse.connectors.gateways.port import Event, Kind
from duecourse.core.money.payment import Received, Returned
from duecourse.records.ledger.models import Payment
from duecourse.records.parties.models import Creditor, Customer
from duecourse.records.sharded import shard_of

UNPLACED = "(payments without a customer)"
"""Reference of the account that collects what a gateway took and nobody here asked for."""

_MOVES_MONEY = {Kind.SUCCEEDED, Kind.REFUNDED, Kind.DISPUTED}


def mismatch(payment: Payment, received: Received, *, now: datetime) -> None:
    detail = f"{received.gateway} took {_sum(received)}; we asked for {payment.amount_minor} {payment.currency}."
    title = "A payment differs from what was asked. Decide where it belongs"
    _open(payment, "payment_differs", title, received.gateway, f"{detail} It waits as credit.", now)


def overpaid(payment: Payment, received: Received, rest_minor: int, *, now: datetime) -> None:
    title = "More was paid than was open. Match the rest or give it back"
    detail = f"{rest_minor} {received.currency} (in minor units) of {reference(payment)} wait as credit."
    _open(payment, "payment_over", title, received.gateway, detail, now)


def contradicted(payment: Payment, *, now: datetime) -> None:
    title = "A gateway said two different things about a payment. Look it up there"
    _open(payment, "payment_unclear", title, "", f"See {reference(payment)} at {payment.gateway}.", now)


def charged_back(payment: Payment, returned: Returned, *, now: datetime) -> None:
    title = "A bank took a payment back. Find out why before we write again"
    detail = f"{_sum(returned)} of {reference(payment)}, claim {returned.part} at {returned.gateway}."
    _open(payment, "chargeback", title, returned.part, detail, now)


def overdrawn(payment: Payment, returned: Returned, *, now: datetime) -> None:
    title = "More was given back than the customer had with us. Put the account right"
    _open(payment, "credit_below_zero", title, returned.part, f"After {reference(payment)}.", now)


def gone(payment: Payment, *, now: datetime) -> None:
    title = "A gateway does not know a payment that we started there. Look it up"
    _open(payment, "payment_gone", title, "", f"See {reference(payment)} at {payment.gateway}.", now)


def unplaced(gateway: str, events: Sequence[Event], *, now: datetime) -> None:
    """Money that moved and belongs to no payment of ours: one task for each payment of the gateway."""
    for event in events:
        if event.kind not in _MOVES_MONEY:
            continue
        account = _account()
        if account is not None:
            title = "A gateway reports a payment that we did not ask for. Find out whose it is"
            key = f"payment_unplaced:{gateway}:{event.gateway_ref or event.id}"
            detail = f"{event.amount_minor} {event.currency} (in minor units), {event.gateway_ref} at {gateway}."
            task = NewTask(account.shard, account.creditor_id, account.id, "payment_unplaced", title, key, detail)
            open_tasks([task], now=now)


def _account() -> Customer | None:
    """The collecting account, of the creditor who has been here longest; None in a book without creditors."""
    creditor = Creditor.objects.order_by("id").first()
    if creditor is None:
        return None
    account, _ = Customer.objects.get_or_create(
        shard=shard_of(creditor.id, UNPLACED),
        creditor_id=creditor.id,
        ref=UNPLACED,
        defaults={"name": "Payments without a customer", "created_at": creditor.created_at},
    )
    return account


def _sum(moved: Received | Returned) -> str:
    return f"{moved.amount_minor} {moved.currency} (in minor units)"


def _open(payment: Payment, kind: str, title: str, of: str, detail: str, now: datetime) -> None:
    key = f"{kind}:{payment.id}:{of}"
    task = NewTask(payment.shard, payment.creditor_id, payment.customer_id, kind, title, key, detail)
    open_tasks([task], now=now)
