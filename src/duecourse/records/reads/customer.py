"""The customer's page: who they are, what is owed, what was promised, what holds, how to reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from duecourse.records.cases.models import Hold, Promise, Task
from duecourse.records.ledger.models import Credit, Debt
from duecourse.records.parties.models import Consent, ContactPoint, Creditor, Customer


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise with the cash that came from when it was made until the day after its date."""

    promise: Promise
    received_minor: int

    @property
    def kept(self) -> bool:
        return self.received_minor >= self.promise.amount_minor


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Everything about one customer but the timeline."""

    customer: Customer
    creditor: Creditor
    debts: tuple[Debt, ...]
    credits: tuple[Credit, ...]
    promises: tuple[PromiseState, ...]
    holds: tuple[Hold, ...]
    tasks: tuple[Task, ...]
    points: tuple[ContactPoint, ...]
    stopped: frozenset[tuple[str, str]]


def customer_page(shard: int, customer_id: int, *, now: datetime) -> CustomerPage | None:
    """None where there is no such customer in scope."""
    customer = Customer.objects.filter(shard=shard, id=customer_id).first()
    if customer is None:
        return None
    mine = {"shard": shard, "customer_id": customer_id}
    running = Q(until_at__isnull=True) | Q(until_at__gt=now)
    return CustomerPage(
        customer=customer,
        creditor=Creditor.objects.get(id=customer.creditor_id),
        debts=tuple(Debt.objects.filter(**mine).exclude(open_minor=0).order_by("due_date", "id")[:100]),
        credits=tuple(Credit.objects.filter(**mine).exclude(amount_minor=0)),
        promises=_promises(shard, customer_id),
        holds=tuple(Hold.objects.filter(running, **mine, from_at__lte=now).order_by("from_at")),
        tasks=tuple(Task.objects.filter(**mine, closed_at__isnull=True).order_by("opened_at")),
        points=tuple(ContactPoint.objects.filter(**mine, ended_at__isnull=True).order_by("kind", "rank", "id")),
        stopped=frozenset(_stopped(Consent.objects.filter(**mine).order_by("id"))),
    )


def _promises(shard: int, customer_id: int) -> tuple[PromiseState, ...]:
    promises = list(Promise.objects.filter(shard=shard, customer_id=customer_id).order_by("-by_date", "-id")[:10])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, coalesce(sum(l.amount_minor), 0)::bigint FROM promise p"
            " LEFT JOIN entry e ON e.shard = p.shard AND e.customer_id = p.customer_id AND e.kind = 'payment'"
            "  AND e.currency = p.currency AND e.booked_date BETWEEN p.made_at::date AND p.by_date + 1"
            " LEFT JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id AND l.account = 'cash'"
            " WHERE p.shard = %s AND p.id = ANY(%s) GROUP BY p.id",
            [shard, [p.id for p in promises]],
        )
        came = dict(cursor.fetchall())
    return tuple(PromiseState(p, came.get(p.id, 0)) for p in promises)


def _stopped(said: Sequence[Consent]) -> set[tuple[str, str]]:
    """Channels and addresses that were opted out; the newest row rules."""
    latest = {(c.channel, c.address): c.given for c in said}
    return {key for key, given in latest.items() if not given}
