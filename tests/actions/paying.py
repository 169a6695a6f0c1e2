"""A book with people who owe, and gateways that do what a test says."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from django.db import connection

from duecourse.actions import gateways as wired
from duecourse.actions.pay_link import Opened
from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.port import Charge, Event, Gateway, Kind, Started
from duecourse.connectors.gateways.registry import Registry
from duecourse.records.ledger.models import Debt, PayLink
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.parties.models import ContactPoint, Creditor, Customer
from duecourse.records.sharded import shard_of
from duecourse.records.tenancy import scope

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def creditor(name: str = "Fernleigh Kitchen Supplies") -> Creditor:
    with scope("all"):
        return Creditor.objects.get_or_create(name=name, defaults={"created_at": NOW})[0]


def owes(*debts: tuple[int, date], currency: str = "GBP", email: str = "maya@example.test", of: str = "") -> Opened:
    """A customer who owes these sums (minor units, due date), and the link to their page."""
    owner = creditor(of or "Fernleigh Kitchen Supplies")
    ref = f"C-{next(_numbers)}"
    of_all = {"shard": shard_of(owner.id, ref), "creditor_id": owner.id}
    with scope("all"):
        customer = Customer.objects.create(**of_all, ref=ref, name=f"Customer {ref}", created_at=NOW)
        of_all["customer_id"] = customer.id
        if email:
            ContactPoint.objects.create(**of_all, kind="email", value=email, created_at=NOW)
        for amount, due in debts:
            bill(of_all, amount, due, currency)
        link = PayLink.objects.create(**of_all, created_at=NOW, expires_at=NOW + timedelta(days=90))
    return Opened(owner.id, customer.shard, link.id, customer.id, None)


def bill(of_all: Mapping[str, int], amount: int, due: date, currency: str) -> Debt:
    number = f"FK-{next(_numbers)}"
    debt = Debt.objects.create(
        **of_all, ref=number, issued_date=due, due_date=due, currency=currency, amount_minor=amount, created_at=NOW
    )
    legs = (PostLeg("receivable", amount, debt.id), PostLeg("sales", -amount))
    invoice = Posting(
        **of_all, kind="invoice", booked_date=due, posted_at=NOW, currency=currency, key=number, legs=legs
    )
    post([invoice])
    return debt


def rows(sql: str, *values: object) -> list[tuple]:
    with scope("all"), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def open_of(who: Opened) -> list[int]:
    """What is open of each debt, oldest due first."""
    sql = "SELECT open_minor FROM debt WHERE shard = %s AND customer_id = %s ORDER BY due_date, id"
    return [row[0] for row in rows(sql, who.shard, who.customer_id)]


def credit_of(who: Opened, currency: str = "GBP") -> int:
    sql = "SELECT amount_minor FROM credit WHERE shard = %s AND customer_id = %s AND currency = %s"
    return next((row[0] for row in rows(sql, who.shard, who.customer_id, currency)), 0)


def entries_of(who: Opened) -> list[tuple[str, int]]:
    """Kind and cash of each entry in money, in order."""
    sql = (
        "SELECT e.kind, l.amount_minor FROM entry e JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id"
        " WHERE e.shard = %s AND e.customer_id = %s AND l.account = 'cash' ORDER BY e.id"
    )
    return rows(sql, who.shard, who.customer_id)


def tasks() -> list[str]:
    return [row[0] for row in rows("SELECT kind FROM task ORDER BY id")]


@dataclass
class Held:
    """A payment as the double holds it."""

    charge: Charge
    kind: Kind = Kind.PENDING
    parts: list[Event] = field(default_factory=list)


class Double:
    """A gateway in this process. `fail` holds errors to raise at the next calls; `told` counts calls by verb."""

    def __init__(self, name: str = "double") -> None:
        self.name = name
        self.held: dict[str, Held] = {}
        self.by_key: dict[str, str] = {}
        self.fail: dict[str, list[Exception | None]] = {}
        self.told: list[str] = []

    def _meet(self, verb: str) -> None:
        self.told.append(verb)
        waiting = self.fail.get(verb)
        error = waiting.pop(0) if waiting else None
        if error is not None:
            raise error

    def charge(self, charge: Charge) -> Started:
        self._meet("charge")
        ref = self.by_key.setdefault(charge.key, f"{self.name}_{len(self.by_key) + 1}")
        held = self.held.setdefault(ref, Held(charge))
        assert held.charge == charge, "the same key with another request"
        return Started(ref, f"https://gateway.example/{ref}", held.kind)

    def ask(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        self._meet("ask")
        return (self._answer(gateway_ref, now), *self.held[gateway_ref].parts)

    def cancel(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        self._meet("cancel")
        if self.held[gateway_ref].kind is Kind.PENDING:
            self.held[gateway_ref].kind = Kind.FAILED
        return (self._answer(gateway_ref, now),)

    def _answer(self, ref: str, now: datetime) -> Event:
        return self.event(ref, at=now, id=f"ask:{ref}:{self.held[ref].kind}")

    def refund(self, gateway_ref: str, *, amount_minor: int, currency: str, key: str, now: datetime) -> Event:
        raise NotImplementedError

    def parse_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Event:
        raise EventRefused("missing")

    def event(self, ref: str, *, kind: Kind | None = None, at: datetime = NOW, **changes: object) -> Event:
        held = self.held[ref]
        kind = kind or held.kind
        fields = {
            "id": f"{ref}:{kind}:{changes.get('part_ref', '')}",
            "kind": kind,
            "gateway_ref": ref,
            "amount_minor": held.charge.amount_minor,
            "currency": held.charge.currency,
            "at": at,
            "reference": held.charge.reference,
        }
        return Event(**(fields | changes))  # type: ignore[arg-type]


@contextmanager
def wiring(*gateways: Gateway) -> Iterator[Registry]:
    """These gateways are those of the installation."""
    registry = Registry(list(gateways))
    with patch.object(wired, "_made", lambda _: registry):
        yield registry


def sandbox_body(id: str, said: str, data: Mapping[str, object], at: datetime) -> bytes:
    """An event as the sandbox gateway words it."""
    return json.dumps({"id": id, "type": said, "created_at": at.isoformat(), "data": data}).encode()


def dates(*days: int) -> Sequence[date]:
    return [date(2026, 11, day) for day in days]
