"""Charge what lateness adds by law: interest and the fixed sum, as entries that can be waived. Never a consumer, never twice."""

from __future__ import annotations

from datetime import date, datetime

from duecourse.actions.adjust import Change, adjust
from duecourse.core.money.late import Step, fixed_sum, statutory
from duecourse.core.money.order import PARTS, Move, parts_open
from duecourse.core.money.rates import statute_of
from duecourse.records.cases.arrangements import ArrangementDebt
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import Creditor, Customer
from duecourse.records.reads.moves import moves


def charge_late(shard: int, debt_id: int, *, until: date, by: str, now: datetime) -> dict[str, int]:
    """What was booked, by kind, in minor units: statutory interest up to `until` less what was charged before, and once the fixed sum.

    Nothing is charged to a person, in a country whose law is not known, under an arrangement, or on what was not late.
    """
    debt = Debt.objects.get(shard=shard, id=debt_id)
    lock_customers([(shard, debt.customer_id)])
    debt.refresh_from_db()
    consumer = Customer.objects.values_list("kind", flat=True).get(shard=shard, id=debt.customer_id) == "person"
    law = statute_of(Creditor.objects.values_list("country", flat=True).get(id=debt.creditor_id))
    planned = ArrangementDebt.objects.filter(shard=shard, debt_id=debt_id, until_at__isnull=True).exists()
    if law is None or consumer or planned or debt.currency != law.currency or until <= debt.due_date:
        return {}
    history = moves(shard, [debt_id])[debt_id]
    due = statutory(_principal(history), law, due=debt.due_date, until=until, consumer=consumer)
    already = sum(m.minor for m in history if m.kind == "interest" and m.booked > debt.due_date)
    booked: dict[str, int] = {}
    wanted = {"interest": due.minor - already}
    if debt.open_minor and not any(m.kind == "compensation" for m in history):
        wanted["compensation"] = fixed_sum(debt.amount_minor, debt.currency, law, consumer=consumer)
    for kind, minor in wanted.items():
        key = f"{kind}:{debt_id}:{due.until}" if kind == "interest" else f"{kind}:{debt_id}:{debt.round}"
        if minor > 0 and adjust(shard, debt_id, Change(kind, minor, key, law.source), by=by, now=now):
            booked[kind] = minor
    return booked


def _principal(history: list[Move]) -> list[Step]:
    """What of the invoice itself was open, from each day on: interest bears no interest."""
    days = sorted({move.booked for move in history})
    return [Step(day, parts_open([m for m in history if m.booked <= day], PARTS)["principal"]) for day in days]
