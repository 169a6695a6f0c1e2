"""What a customer sees through a link: who writes, what is open, what was paid, why we wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from duecourse.records.cases.models import Hold
from duecourse.records.journal.models import Outbox
from duecourse.records.ledger.models import Credit, Debt, PayLink
from duecourse.records.parties.models import Creditor, Customer


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A debt with something open; `paused` while a hold is on it or on the whole customer."""

    id: int
    ref: str
    description: str
    currency: str
    open_minor: int
    due_date: date
    paused: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One customer of one creditor. `credit` is money that came and is not matched yet, by currency, in minor units."""

    creditor: Creditor
    customer: Customer
    debts: tuple[OpenDebt, ...]
    credit: dict[str, int]

    def owed(self) -> dict[str, int]:
        """What is left to pay by currency: open less what is not matched yet; never below zero, largest first."""
        totals: dict[str, int] = {}
        for debt in self.debts:
            totals[debt.currency] = totals.get(debt.currency, 0) + debt.open_minor
        left = {c: t - max(0, self.credit.get(c, 0)) for c, t in totals.items()}
        return dict(sorted(((c, t) for c, t in left.items() if t > 0), key=lambda pair: -pair[1]))


def account(shard: int, customer_id: int, *, now: datetime) -> Account:
    """The account behind a link, oldest debt first."""
    customer = Customer.objects.get(shard=shard, id=customer_id)
    held = set(
        Hold.objects.filter(shard=shard, customer_id=customer_id, from_at__lte=now)
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=now))
        .values_list("debt_id", flat=True)
    )
    debts = Debt.objects.filter(shard=shard, customer_id=customer_id, open_minor__gt=0).order_by("due_date", "id")
    return Account(
        creditor=Creditor.objects.get(id=customer.creditor_id),
        customer=customer,
        debts=tuple(
            OpenDebt(d.id, d.ref, d.description, d.currency, d.open_minor, d.due_date, d.id in held or None in held)
            for d in debts
        ),
        credit=dict(
            Credit.objects.filter(shard=shard, customer_id=customer_id, amount_minor__gt=0).values_list(
                "currency", "amount_minor"
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class Move:
    """An entry that changed what is open of a debt; negative lowers it."""

    kind: str
    booked_date: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One debt with its story in money."""

    debt: Debt
    moves: tuple[Move, ...]


_MOVES = """
SELECT l.debt_id, e.kind, e.booked_date, sum(l.amount_minor)::bigint
  FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
 WHERE l.shard = %s AND l.debt_id = ANY(%s) AND l.account = 'receivable' AND e.kind NOT IN ('invoice', 'opening')
 GROUP BY l.debt_id, e.id, e.kind, e.booked_date ORDER BY e.booked_date, e.id
"""


def statements(shard: int, customer_id: int, *, limit: int = 50) -> tuple[Statement, ...]:
    """The newest debts and what was paid on each: open ones first."""
    debts = list(
        Debt.objects.filter(shard=shard, customer_id=customer_id).order_by("closed_date", "-due_date", "-id")[:limit]
    )
    debts.sort(key=lambda d: (d.open_minor == 0, -d.due_date.toordinal()))
    moves: dict[int, list[Move]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MOVES, [shard, [d.id for d in debts]])
        for debt_id, kind, on, amount in cursor.fetchall():
            moves.setdefault(debt_id, []).append(Move(kind, on, amount))
    return tuple(Statement(d, tuple(moves.get(d.id, ()))) for d in debts)


@dataclass(frozen=True, slots=True)
class Letter:
    """The message that carried a link, and the decision behind it."""

    channel: str
    step: str
    sent_at: datetime
    named: tuple[tuple[str, date], ...]
    decision_id: int | None
    decided_at: datetime | None
    rules: tuple[dict[str, Any], ...]
    before: datetime | None


_LETTER = """
SELECT o.channel, o.step, o.changed_at, o.id, d.id, r.decided_at, coalesce(d.rules, '[]')::text,
       (SELECT max(c.at) FROM contact c WHERE c.shard = o.shard AND c.customer_id = o.customer_id
           AND c.direction = 'out' AND c.outbox_id IS DISTINCT FROM o.id AND c.at < o.changed_at)
  FROM outbox o
  LEFT JOIN decision d ON d.shard = o.shard AND d.id = o.decision_id
  LEFT JOIN run r ON r.id = o.run_id
 WHERE o.shard = %s AND o.id = %s
"""


def letter(shard: int, outbox_id: int) -> Letter | None:
    """The message, or None where it is not known."""
    with connection.cursor() as cursor:
        cursor.execute(_LETTER, [shard, outbox_id])
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(
            "SELECT b.ref, b.due_date FROM reminder m JOIN debt b ON b.shard = m.shard AND b.id = m.debt_id"
            " WHERE m.shard = %s AND m.outbox_id = %s ORDER BY b.due_date, b.id",
            [shard, row[3]],
        )
        named = tuple(cursor.fetchall())
    return Letter(row[0], row[1], row[2], named, row[4], row[5], tuple(json.loads(row[6]) or ()), row[7])


def has_receipt(shard: int, customer_id: int, payment_id: int) -> bool:
    """Whether a receipt for the payment is on its way by mail."""
    return Outbox.objects.filter(
        shard=shard, customer_id=customer_id, purpose="receipt", key__startswith=f"receipt:{payment_id}:"
    ).exists()


def link_row(shard: int, link_id: int) -> PayLink:
    """The link itself, for its date and the message that carried it."""
    return PayLink.objects.get(shard=shard, id=link_id)


def creditors_with(reference: str) -> tuple[Creditor, ...]:
    """Creditors that know this invoice number, letter case and punctuation aside. Says nothing about whose it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT creditors_with(%s) LIMIT 5", [reference])
        ids = [row[0] for row in cursor.fetchall()]
    return tuple(Creditor.objects.filter(id__in=ids).order_by("name"))
