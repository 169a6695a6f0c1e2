"""What may happen to a payment in the sandbox. Each change and the event that tells of it are kept together."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from duecourse.connectors.gateways.sandbox import faults

OPEN_FOR = timedelta(hours=24)
MOST_MINOR = 10**12
Json = dict[str, Any]


class Problem(Exception):
    """A request that is not carried out: an HTTP status and a code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def create(db: sqlite3.Connection, wanted: Json, *, now: datetime) -> Json:
    amount, currency = wanted.get("amount_minor"), wanted.get("currency")
    if type(amount) is not int or not 0 < amount <= MOST_MINOR:
        raise Problem(422, "amount_invalid")
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
        raise Problem(422, "currency_invalid")
    texts = {name: wanted.get(name) for name in ("reference", "payee", "description", "return_url")}
    for name, text in texts.items():
        if not isinstance(text, str) or not 0 < len(text) <= 500:
            raise Problem(422, f"{name}_invalid")
    if urlsplit(str(texts["return_url"])).scheme not in ("http", "https"):
        raise Problem(422, "return_url_invalid")
    id = "pay_" + secrets.token_hex(12)
    db.execute(
        "insert into payment values (:id, :token, :reference, :payee, :description, :amount, :currency, :return_url,"
        " 'open', :at, :ends)",
        texts
        | {"id": id, "token": secrets.token_urlsafe(24), "amount": amount, "currency": currency}
        | {"at": now.isoformat(), "ends": (now + OPEN_FOR).isoformat()},
    )
    return find(db, id)


def find(db: sqlite3.Connection, id: str) -> Json:
    """A payment with its refunds and disputes. Raises Problem 404."""
    row = db.execute("select * from payment where id = ?", (id,)).fetchone()
    if row is None:
        raise Problem(404, "no_such_payment")
    rows = db.execute("select * from part where payment_id = ? order by created_at, id", (id,))
    parts = [dict(part) for part in rows]
    refunds = [part for part in parts if part["kind"] == "refund"]
    return dict(row) | {"refunds": refunds, "disputes": [part for part in parts if part["kind"] == "dispute"]}


def by_token(db: sqlite3.Connection, token: str) -> Json:
    row = db.execute("select id from payment where token = ?", (token,)).fetchone()
    if row is None:
        raise Problem(404, "no_such_payment")
    return find(db, row["id"])


def settle(db: sqlite3.Connection, payment: Json, state: str, *, now: datetime) -> Json:
    """Open becomes succeeded or failed; what is settled stays as it is."""
    if payment["state"] != "open":
        return payment
    db.execute("update payment set state = ? where id = ?", (state, payment["id"]))
    payment = find(db, payment["id"])
    tell(db, f"payment.{state}", payment, payment, now=now)
    return payment


def expire(db: sqlite3.Connection, *, now: datetime) -> None:
    """Close what nobody has paid within a day."""
    late = db.execute("select id from payment where state = 'open' and expires_at <= ?", (now.isoformat(),)).fetchall()
    for row in late:
        settle(db, find(db, row["id"]), "failed", now=now)


def refund(db: sqlite3.Connection, id: str, amount: Any, *, now: datetime) -> Json:
    payment = find(db, id)
    if payment["state"] != "succeeded":
        raise Problem(422, "nothing_to_refund")
    left = payment["amount_minor"] - sum(part["amount_minor"] for part in payment["refunds"])
    if type(amount) is not int or not 0 < amount <= left:
        raise Problem(422, "amount_too_large")
    return _add(db, "refund", payment, amount, "refunded", now=now)


def dispute(db: sqlite3.Connection, id: str, amount: Any, *, now: datetime) -> Json:
    payment = find(db, id)
    if payment["state"] != "succeeded":
        raise Problem(422, "nothing_to_dispute")
    if type(amount) is not int or not 0 < amount <= payment["amount_minor"]:
        raise Problem(422, "amount_too_large")
    return _add(db, "dispute", payment, amount, "disputed", now=now)


def close_dispute(db: sqlite3.Connection, id: str, outcome: Any, *, now: datetime) -> Json:
    row = db.execute("select * from part where id = ? and kind = 'dispute'", (id,)).fetchone()
    if row is None:
        raise Problem(404, "no_such_dispute")
    if outcome not in ("dispute_won", "dispute_lost") or row["state"] != "disputed":
        raise Problem(422, "outcome_invalid")
    db.execute("update part set state = ? where id = ?", (outcome, id))
    part = dict(row) | {"state": outcome}
    tell(db, f"payment.{outcome}", find(db, row["payment_id"]), part, now=now)
    return part


def tell(db: sqlite3.Connection, said: str, payment: Json, about: Json, *, now: datetime) -> None:
    """Put an event in line to be sent. `about` is the payment itself, or its refund or dispute."""
    id = "evt_" + secrets.token_hex(12)
    data = {
        "payment": payment["id"],
        "reference": payment["reference"],
        "part": about["id"] if about["id"] != payment["id"] else "",
        "amount_minor": about["amount_minor"],
        "currency": payment["currency"],
    }
    body = json.dumps({"id": id, "type": said, "created_at": now.isoformat(), "data": data})
    due = now.timestamp() + faults.holds(db, "delay_ms") / 1000
    outcome = "lost" if faults.holds(db, "lose") else "due"
    db.execute("insert into event (id, body, due_at, outcome) values (?, ?, ?, ?)", (id, body, due, outcome))


def _add(db: sqlite3.Connection, kind: str, payment: Json, amount: int, state: str, *, now: datetime) -> Json:
    part = {"id": f"{kind}_" + secrets.token_hex(12), "kind": kind, "payment_id": payment["id"], "amount_minor": amount}
    part |= {"state": state, "created_at": now.isoformat()}
    db.execute("insert into part values (:id, :kind, :payment_id, :amount_minor, :state, :created_at)", part)
    tell(db, f"payment.{state}", payment, part, now=now)
    return part
