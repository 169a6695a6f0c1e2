"""The sandbox's JSON interface. Every call needs the key in `Authorization: Bearer`."""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from duecourse.connectors.gateways.sandbox import faults, payments
from duecourse.connectors.gateways.sandbox.idempotency import once
from duecourse.connectors.gateways.sandbox.payments import Json, Problem


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    now: datetime

    def json(self) -> Json:
        try:
            body = json.loads(self.body or b"{}")
        except ValueError:
            raise Problem(400, "body_unreadable") from None
        if not isinstance(body, dict):
            raise Problem(400, "body_unreadable")
        return body


def answer(db: sqlite3.Connection, request: Request, *, key: str, base: str) -> tuple[int, Json]:
    """Status and body. Raises Problem."""
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {key}".encode()):
        raise Problem(401, "key_wrong")
    payments.expire(db, now=request.now)
    parts = tuple(request.path.strip("/").split("/"))
    match (request.method, *parts):
        case ("POST", "v1", "payments"):
            return _once(db, request, lambda: _shown(payments.create(db, request.json(), now=request.now), base))
        case ("GET", "v1", "payments", id):
            return 200, _shown(payments.find(db, id), base)
        case ("POST", "v1", "payments", id, "cancel"):
            return 200, _shown(payments.settle(db, payments.find(db, id), "failed", now=request.now), base)
        case ("POST", "v1", "payments", id, "refunds"):
            return _once(db, request, lambda: payments.refund(db, id, _amount(request), now=request.now))
        case ("POST", "v1", "payments", id, "disputes"):
            return _once(db, request, lambda: payments.dispute(db, id, _amount(request), now=request.now))
        case ("POST", "v1", "disputes", id, "close"):
            return 200, payments.close_dispute(db, id, request.json().get("outcome"), now=request.now)
        case ("POST", "control", "faults"):
            try:
                return 200, dict(faults.order(db, request.json()))
            except ValueError:
                raise Problem(422, "fault_invalid") from None
        case ("GET", "control", "events"):
            rows = db.execute("select id, body, tries, outcome from event order by seq").fetchall()
            return 200, {"events": [dict(row) | {"body": json.loads(row["body"])} for row in rows]}
    raise Problem(404, "no_such_page")


def _once(db: sqlite3.Connection, request: Request, act: Callable[[], Json]) -> tuple[int, Json]:
    seen = f"{request.method} {request.path}\n".encode() + request.body
    return once(db, request.headers.get("Idempotency-Key", ""), seen, act)


def _amount(request: Request) -> object:
    return request.json().get("amount_minor")


def _shown(payment: Json, base: str) -> Json:
    """A payment as its owner sees it: the token only inside the address of its page."""
    url = f"{base}/pay/{payment['token']}" if payment["state"] == "open" else None
    return {name: value for name, value in payment.items() if name != "token"} | {"url": url}
