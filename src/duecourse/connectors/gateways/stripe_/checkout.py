"""Stripe Checkout: the payer types card details on Stripe's own page, never on ours (PCI DSS self-assessment A)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from duecourse.connectors.gateways.errors import Refused
from duecourse.connectors.gateways.port import Charge, Event, Kind, Started
from duecourse.connectors.gateways.stripe_ import events
from duecourse.connectors.gateways.stripe_.amounts import to_stripe
from duecourse.connectors.gateways.stripe_.intents import StripeIntents


class StripeCheckout(StripeIntents):
    """`gateway_ref` of a started payment is the session; events name its PaymentIntent as soon as there is one."""

    def charge(self, charge: Charge) -> Started:
        form: dict[str, str | int] = {
            "mode": "payment",
            "client_reference_id": charge.reference,
            "success_url": charge.return_url,
            "cancel_url": charge.return_url,
            "line_items[0][quantity]": 1,
            "line_items[0][price_data][currency]": charge.currency.lower(),
            "line_items[0][price_data][unit_amount]": to_stripe(charge.amount_minor, charge.currency),
            "line_items[0][price_data][product_data][name]": charge.description,
            "payment_intent_data[description]": charge.description,
            "payment_intent_data[metadata][reference]": charge.reference,
        }
        session = self._api.post("checkout", "sessions", form=form, key=charge.key)
        return Started(gateway_ref=session["id"], redirect_url=session["url"], state=Kind.PENDING)

    def ask(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        session = self._api.get("checkout", "sessions", gateway_ref)
        # A session without money says so itself; one that was completed is as its PaymentIntent is.
        if session["status"] == "complete" and session.get("payment_intent"):
            return super().ask(session["payment_intent"], now=now)
        kind = Kind.FAILED if session["status"] == "expired" else Kind.PENDING
        return (events.of_session(session, kind, id=f"ask:{session['id']}:{kind}", at=now, said="asked"),)

    def cancel(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        with suppress(Refused):  # Paid, or expired already: what is true now is asked next.
            self._api.post("checkout", "sessions", gateway_ref, "expire", form={})
        return self.ask(gateway_ref, now=now)

    def _intent_of(self, gateway_ref: str) -> str:
        intent = self._api.get("checkout", "sessions", gateway_ref).get("payment_intent")
        if not isinstance(intent, str):
            raise Refused("nothing_to_refund")
        return intent
