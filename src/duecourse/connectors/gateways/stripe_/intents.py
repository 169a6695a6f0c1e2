"""Stripe's PaymentIntent flow: create, confirm with a saved way to pay, ask, cancel, refund, hear about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from duecourse.connectors.gateways.errors import EventRefused, Refused
from duecourse.connectors.gateways.port import Charge, Event, Started
from duecourse.connectors.gateways.signed import MOST_BYTES, header
from duecourse.connectors.gateways.stripe_ import events, signature
from duecourse.connectors.gateways.stripe_.amounts import to_stripe
from duecourse.connectors.gateways.stripe_.api import StripeApi


class StripeIntents:
    """For a payer who has saved a way to pay with Stripe. Nothing here can carry a card number."""

    def __init__(
        self,
        *,
        name: str = "stripe",
        secret_key: str,
        webhook_secrets: Sequence[str],
        url: str = "https://api.stripe.com",
        timeout: float = 10.0,
    ) -> None:
        self.name = name
        self._api = StripeApi(secret_key=secret_key, url=url, timeout=timeout)
        self._webhook_secrets = tuple(webhook_secrets)

    def charge(self, charge: Charge) -> Started:
        form: dict[str, str | int] = {
            "amount": to_stripe(charge.amount_minor, charge.currency),
            "currency": charge.currency.lower(),
            "metadata[reference]": charge.reference,
        }
        intent = self._api.post("payment_intents", form=form, key=charge.key)
        return Started(gateway_ref=intent["id"], redirect_url=None, state=events.intent_kind(intent))

    def confirm(self, gateway_ref: str, *, payment_method: str, key: str, now: datetime) -> tuple[Event, ...]:
        """Collect with a saved way to pay. A decline is an answer like any other; it is not raised."""
        self._api.post("payment_intents", gateway_ref, form={"payment_method": payment_method})
        try:
            self._api.post("payment_intents", gateway_ref, "confirm", form={}, key=key)
        except Refused as refusal:
            if refusal.code != "card_declined":
                raise
        return self.ask(gateway_ref, now=now)

    def ask(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        intent = self._api.get("payment_intents", gateway_ref, **{"expand[]": "latest_charge"})
        kind = events.intent_kind(intent)
        told = [events.of_intent(intent, kind, id=f"ask:{intent['id']}:{kind}", at=now, said="asked")]
        charge = intent.get("latest_charge")
        if isinstance(charge, dict) and charge.get("amount_refunded"):
            told += [events.of_refund(one, **_asked(one, now)) for one in self._of("refunds", intent["id"])]
        if isinstance(charge, dict) and charge.get("disputed"):
            told += [events.of_dispute(one, **_asked(one, now)) for one in self._of("disputes", intent["id"])]
        return tuple(told)

    def cancel(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        with suppress(Refused):  # Paid, or closed already: what is true now is asked next.
            self._api.post("payment_intents", gateway_ref, "cancel", form={})
        return self.ask(gateway_ref, now=now)

    def refund(self, gateway_ref: str, *, amount_minor: int, currency: str, key: str, now: datetime) -> Event:
        intent = self._intent_of(gateway_ref)
        form: dict[str, str | int] = {"payment_intent": intent, "amount": to_stripe(amount_minor, currency)}
        refund = self._api.post("refunds", form=form, key=key)
        return events.of_refund(refund, **_asked(refund, now))

    def parse_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Event:
        if len(body) > MOST_BYTES:
            raise EventRefused("unreadable")
        signature.check(header(headers, "stripe-signature"), body, secrets=self._webhook_secrets, now=now)
        try:
            return events.read(json.loads(body))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            raise EventRefused("unreadable") from None

    def _of(self, things: str, intent: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._api.get(things, payment_intent=intent, limit="100")["data"]
        return found

    def _intent_of(self, gateway_ref: str) -> str:
        return gateway_ref


def _asked(thing: dict[str, Any], now: datetime) -> Any:
    return {"id": f"ask:{thing['id']}:{thing['status']}", "at": now, "said": "asked"}
