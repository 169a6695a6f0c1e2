"""Our side of the sandbox gateway, behind the same port as any other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.port import Charge, Event, Kind, Started
from duecourse.connectors.gateways.sandbox.keys import api_key, signing_key
from duecourse.connectors.gateways.sandbox.signature import check
from duecourse.connectors.gateways.signed import MOST_BYTES
from duecourse.connectors.gateways.wire import call

Json = dict[str, Any]
_STATES = {"open": Kind.PENDING, "succeeded": Kind.SUCCEEDED, "failed": Kind.FAILED}
_SAID = {f"payment.{kind}": kind for kind in Kind if kind is not Kind.OTHER}


class SandboxGateway:
    """`url` is where the sandbox listens; `secret` is the one in its secret file."""

    def __init__(self, *, name: str = "sandbox", url: str, secret: str, timeout: float = 5.0) -> None:
        self.name = name
        self._url, self._timeout = url.rstrip("/"), timeout
        self._key, self._signing_key = api_key(secret), signing_key(secret)

    def charge(self, charge: Charge) -> Started:
        wanted = {
            "amount_minor": charge.amount_minor,
            "currency": charge.currency,
            "reference": charge.reference,
            "payee": charge.payee,
            "description": charge.description,
            "return_url": charge.return_url,
        }
        made = self._call("POST", "payments", body=wanted, key=charge.key)
        return Started(gateway_ref=made["id"], redirect_url=made["url"], state=_STATES[made["state"]])

    def ask(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        return _told(self._call("GET", "payments", gateway_ref), at=now)

    def cancel(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        return _told(self._call("POST", "payments", gateway_ref, "cancel", body={}), at=now)

    def refund(self, gateway_ref: str, *, amount_minor: int, currency: str, key: str, now: datetime) -> Event:
        part = self._call("POST", "payments", gateway_ref, "refunds", body={"amount_minor": amount_minor}, key=key)
        return _of_part(part, currency=currency, reference="", at=now)

    def parse_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Event:
        if len(body) > MOST_BYTES:
            raise EventRefused("unreadable")
        id = check(headers, body, keys=[self._signing_key], now=now)
        try:
            told = json.loads(body)
            data = told["data"]
            if told["id"] != id or type(data["amount_minor"]) is not int:
                raise ValueError
            return Event(
                id=id,
                kind=_SAID.get(told["type"], Kind.OTHER),
                gateway_ref=str(data["payment"]),
                amount_minor=data["amount_minor"],
                currency=str(data["currency"]),
                at=datetime.fromisoformat(told["created_at"]),
                reference=str(data["reference"]),
                part_ref=str(data["part"]),
                said=str(told["type"]),
            )
        except (KeyError, TypeError, ValueError):
            raise EventRefused("unreadable") from None

    def _call(self, method: str, *path: str, body: Json | None = None, key: str | None = None) -> Json:
        url = "/".join([self._url, "v1", *(quote(part, safe="") for part in path)])
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        # Sorted, so that the same request is the same bytes when it is repeated.
        sent = None if body is None else json.dumps(body, sort_keys=True).encode()
        return call(method, url, headers=headers, body=sent, timeout=self._timeout).body


def _told(payment: Json, *, at: datetime) -> tuple[Event, ...]:
    kind = _STATES[payment["state"]]
    own = Event(
        id=f"ask:{payment['id']}:{kind}",
        kind=kind,
        gateway_ref=payment["id"],
        amount_minor=payment["amount_minor"],
        currency=payment["currency"],
        at=at,
        reference=payment["reference"],
        said="asked",
    )
    parts = payment["refunds"] + payment["disputes"]
    return (own, *(_of_part(part, currency=own.currency, reference=own.reference, at=at) for part in parts))


def _of_part(part: Json, *, currency: str, reference: str, at: datetime) -> Event:
    return Event(
        id=f"ask:{part['id']}:{part['state']}",
        kind=Kind(part["state"]),
        gateway_ref=part["payment_id"],
        amount_minor=part["amount_minor"],
        currency=currency,
        at=at,
        reference=reference,
        part_ref=part["id"],
        said="asked",
    )
