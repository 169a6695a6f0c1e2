"""A storm of webhooks: stories of many payments, told in copies, out of order, with forgeries and old news."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duecourse.actions.payment_events import reference
from duecourse.connectors.gateways.sandbox.signature import sign
from duecourse.records.ledger.models import Payment
from duecourse.records.tenancy import scope
from tests.actions.paying import NOW, owes, rows, sandbox_body

Hook = tuple[dict[str, str], bytes]
Call = Callable[[datetime], Hook]
Part = tuple[str, str, int]
Ref = tuple[int, int, str]


@dataclass(frozen=True)
class Telling:
    """One event of one payment, in order: what is said, of which part, and how much."""

    payment: int
    said: str
    part: str
    amount: int


def stories(events: int, dice: random.Random) -> list[Telling]:
    """About so many events, each payment's in the order in which they happen."""
    told: list[Telling] = []
    payment = 0
    while len(told) < events:
        amount = dice.randrange(1000, 90000)
        for said, part, sum_ in _story(dice, amount):
            told.append(Telling(payment, said, part, sum_))
        payment += 1
    return told


def _story(dice: random.Random, amount: int) -> list[Part]:
    begin: list[Part] = [("payment.pending", "", amount)] if dice.random() < 0.4 else []
    if dice.random() < 0.2:
        begin.append(("payment.declined", "", amount))
    if dice.random() < 0.15:
        return [*begin, ("payment.failed", "", amount)]
    took = amount if dice.random() < 0.9 else amount + dice.choice([-100, 100])
    tale = [*begin, ("payment.succeeded", "", took)]
    for number in range(dice.choice([0, 0, 1, 2])):
        part = f"re_{dice.getrandbits(60):x}"
        tale.append(("payment.refunded", part, took // 4 + number))
        if dice.random() < 0.3:
            tale.append(("payment.refund_failed", part, took // 4 + number))
    if dice.random() < 0.15:
        part = f"du_{dice.getrandbits(60):x}"
        tale.append(("payment.disputed", part, took // 3))
        if dice.random() < 0.7:
            tale.append((dice.choice(["payment.dispute_won", "payment.dispute_lost"]), part, took // 3))
    if dice.random() < 0.03:
        tale.append(("payment.serenaded", "", took))
    return tale


def asked_for(told: list[Telling], dice: random.Random, world: str) -> list[Ref]:
    """Customers and payments for the stories; answers shard, id and reference of each payment, in order."""
    first = {one.payment: one.amount for one in reversed(told)}
    made = []
    for number in sorted(first):
        amount = first[number]
        debts = [(amount // 2, date(2026, 5, 1)), (amount, date(2026, 6, 1))]
        who = owes(*debts)
        with scope("all"):
            payment = Payment.objects.create(
                shard=who.shard,
                creditor_id=who.creditor_id,
                customer_id=who.customer_id,
                pay_link_id=who.link_id,
                gateway="sandbox",
                gateway_ref=f"{world}_{number}",
                currency="GBP",
                amount_minor=amount,
                debts=[],
                key=f"{world}-{number}",
                state="pending",
                created_at=NOW,
                updated_at=NOW,
            )
        made.append((payment.shard, payment.id, reference(payment)))
    return made


def hook(one: Telling, number: int, world: str, refs: list[Ref], *, key: bytes, at: datetime) -> Hook:
    data = {"payment": f"{world}_{one.payment}", "reference": refs[one.payment][2], "part": one.part}
    data |= {"amount_minor": one.amount, "currency": "GBP"}
    name = f"evt_{world}_{number}"
    body = sandbox_body(name, one.said, data, at)
    return sign(name, body, key=key, at=at), body


def stormy(hooks: list[Callable[[datetime, bytes], Hook]], dice: random.Random, *, key: bytes) -> list[Call]:
    """Each 1 to 5 times, with 5 % forged and 5 % stale beside them, fully shuffled; signed when they are sent."""
    storm: list[Call] = []
    for make in hooks:
        storm += [lambda now, make=make: make(now, key)] * dice.randint(1, 5)
        if dice.random() < 0.05:
            storm.append(lambda now, make=make: make(now, b"a forger's key"))
        if dice.random() < 0.05:
            storm.append(lambda now, make=make: make(now - timedelta(minutes=10), key))
    dice.shuffle(storm)
    return storm


_PROJECTION = """
SELECT p.state,
  (SELECT jsonb_agg(jsonb_build_array(e.kind, l.amount_minor) ORDER BY e.kind, l.amount_minor) FROM entry e
     JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id AND l.account = 'cash'
    WHERE e.shard = p.shard AND e.customer_id = p.customer_id)::text,
  (SELECT sum(open_minor) FROM debt d WHERE d.shard = p.shard AND d.customer_id = p.customer_id)::bigint
    - coalesce((SELECT amount_minor FROM credit c WHERE c.shard = p.shard AND c.customer_id = p.customer_id), 0),
  (SELECT count(*) FROM outbox o WHERE o.shard = p.shard AND o.customer_id = p.customer_id),
  (SELECT count(*) FROM payment_event v WHERE v.shard = p.shard AND v.payment_id = p.id),
  (SELECT jsonb_agg(DISTINCT t.kind ORDER BY t.kind) FROM task t
    WHERE t.shard = p.shard AND t.customer_id = p.customer_id AND t.kind <> 'chargeback')::text
  FROM payment p WHERE p.shard = %s AND p.id = %s
"""


def projection(refs: list[Ref]) -> list[tuple]:
    """What each payment came to: its state, its entries, what is left to pay, receipts, events kept, tasks."""
    return [rows(_PROJECTION, shard, id_)[0] for shard, id_, _ in refs]


def digest(projected: list[tuple]) -> str:
    return hashlib.sha256(json.dumps(projected).encode()).hexdigest()
