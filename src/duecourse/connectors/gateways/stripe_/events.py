"""Stripe's objects as events of the port. Source: docs.stripe.com/api/events/types, read 2026-11."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from duecourse.connectors.gateways.port import Event, Kind
from duecourse.connectors.gateways.stripe_.amounts import from_stripe

Json = dict[str, Any]

_INTENT = {
    "payment_intent.succeeded": Kind.SUCCEEDED,
    "payment_intent.processing": Kind.PENDING,
    # A card was declined; the page stays open and another card may be tried.
    "payment_intent.payment_failed": Kind.DECLINED,
    "payment_intent.canceled": Kind.FAILED,
}
_SESSION = {
    "checkout.session.completed": Kind.PENDING,
    "checkout.session.async_payment_succeeded": Kind.SUCCEEDED,
    "checkout.session.async_payment_failed": Kind.FAILED,
    "checkout.session.expired": Kind.FAILED,
}
_REFUND_STATUS = {
    "succeeded": Kind.REFUNDED,
    "pending": Kind.REFUNDED,
    "failed": Kind.REFUND_FAILED,
    "canceled": Kind.REFUND_FAILED,
}
_REFUND = {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"}


def read(event: Json) -> Event:
    """A webhook's event; an unknown type becomes OTHER. Raises KeyError, TypeError or ValueError if malformed."""
    said, thing = str(event["type"]), event["data"]["object"]
    at = datetime.fromtimestamp(event["created"], UTC)
    if said in _INTENT:
        return of_intent(thing, _INTENT[said], id=event["id"], at=at, said=said)
    if said in _SESSION:
        paid = said == "checkout.session.completed" and thing["payment_status"] == "paid"
        return of_session(thing, Kind.SUCCEEDED if paid else _SESSION[said], id=event["id"], at=at, said=said)
    if said in _REFUND:
        return of_refund(thing, id=event["id"], at=at, said=said)
    if said.startswith("charge.dispute."):
        return of_dispute(thing, id=event["id"], at=at, said=said)
    return Event(id=event["id"], kind=Kind.OTHER, gateway_ref="", amount_minor=None, currency="", at=at, said=said)


def intent_kind(intent: Json) -> Kind:
    """The state of a PaymentIntent that was asked for."""
    match intent["status"]:
        case "succeeded":
            return Kind.SUCCEEDED
        case "canceled":
            return Kind.FAILED
        case "requires_payment_method" if intent.get("last_payment_error"):
            return Kind.DECLINED
        case _:
            return Kind.PENDING


def of_intent(intent: Json, kind: Kind, *, id: str, at: datetime, said: str) -> Event:
    amount = intent.get("amount_received") if kind is Kind.SUCCEEDED else None
    return Event(
        id=id,
        kind=kind,
        gateway_ref=intent["id"],
        **_money(intent["amount"] if amount is None else amount, intent["currency"]),
        at=at,
        reference=(intent.get("metadata") or {}).get("reference", ""),
        said=said,
    )


def of_session(session: Json, kind: Kind, *, id: str, at: datetime, said: str) -> Event:
    """A Checkout session. Once it has a PaymentIntent, that names the payment, as it does in refunds and disputes."""
    return Event(
        id=id,
        kind=kind,
        gateway_ref=session.get("payment_intent") or session["id"],
        **_money(session["amount_total"], session["currency"]),
        at=at,
        reference=session.get("client_reference_id") or "",
        said=said,
    )


def of_refund(refund: Json, *, id: str, at: datetime, said: str) -> Event:
    """Money is on its way back from the moment a refund is made; one that fails comes back to us."""
    return _part(refund, _REFUND_STATUS.get(refund["status"], Kind.OTHER), id=id, at=at, said=said)


def of_dispute(dispute: Json, *, id: str, at: datetime, said: str) -> Event:
    """A bank's claim. An inquiry (`warning_...`) moves no money, nor does one that was prevented."""
    status = dispute["status"]
    if status.startswith("warning_") or status == "prevented":
        kind = Kind.OTHER
    elif status == "won" or said.endswith("funds_reinstated"):
        kind = Kind.DISPUTE_WON
    else:
        kind = Kind.DISPUTE_LOST if status == "lost" else Kind.DISPUTED
    return _part(dispute, kind, id=id, at=at, said=said)


def _part(part: Json, kind: Kind, *, id: str, at: datetime, said: str) -> Event:
    return Event(
        id=id,
        kind=kind,
        gateway_ref=part.get("payment_intent") or "",
        **_money(part["amount"], part["currency"]),
        at=at,
        reference=(part.get("metadata") or {}).get("reference", ""),
        part_ref=part["id"],
        said=said,
    )


def _money(amount: Any, currency: Any) -> Any:
    if type(amount) is not int or type(currency) is not str:
        raise TypeError("Money is a whole number and a currency")
    return {"amount_minor": from_stripe(amount, currency.upper()), "currency": currency.upper()}
