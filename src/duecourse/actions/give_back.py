"""Money that leaves again: a refund or a bank's chargeback. What it had paid for opens again, softly."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection

from duecourse.actions.hold import NewHold, lift, place
from duecourse.actions.payment_events import reference
from duecourse.actions.payment_tasks import charged_back, overdrawn
from duecourse.core.money.allocate import Open, allocate
from duecourse.core.money.payment import Returned
from duecourse.records.cases.models import Hold
from duecourse.records.ledger.models import Credit, Debt, Entry, Leg, Payment
from duecourse.records.ledger.post import Posting, PostLeg, post

REVIEW_AFTER = timedelta(days=14)


def give_back(payment: Payment, returned: Returned, booked: date, *, now: datetime) -> None:
    """Post that money left, and, where it came back to us, that it did. Each once. The customer is locked."""
    key = f"payment:{payment.id}:{returned.gateway}:{returned.cause}:{returned.part}"
    known = set(Entry.objects.filter(shard=payment.shard, key__in=[key, f"{key}:back"]).values_list("key", flat=True))
    if key not in known:
        legs = _taken_from(payment, returned)
        _post(payment, returned, key, returned.cause, legs, booked, now)
        if any(leg.account == "unmatched" for leg in legs) and _credit(payment, returned.currency) < 0:
            overdrawn(payment, returned, now=now)
        if returned.cause == "chargeback" and not returned.back:
            _pause(payment, returned, [leg.debt_id for leg in legs if leg.debt_id is not None], now=now)
            charged_back(payment, returned, now=now)
    if returned.back and f"{key}:back" not in known:
        _post(
            payment, returned, f"{key}:back", f"{returned.cause}_back", _put_back(payment, returned, key), booked, now
        )
        _resume(payment, returned, now=now)


def _taken_from(payment: Payment, returned: Returned) -> list[PostLeg]:
    """First the part that no debt has taken, as far as it is still there; then the debts it paid, youngest first."""
    paid = _still_paid(payment, returned.currency)
    free = max(0, min(-paid.pop(None, 0), _credit(payment, returned.currency), returned.amount_minor))
    debts = Debt.objects.filter(shard=payment.shard, id__in=list(paid)).order_by("-due_date", "-id")
    left = returned.amount_minor - free
    legs = []
    for debt in debts:
        part = min(left, -paid[debt.id])
        if part > 0:
            legs.append(PostLeg("receivable", part, debt.id))
            left -= part
    unmatched = free + left  # what no debt accounts for leaves the customer's credit, even below zero
    legs += [PostLeg("unmatched", unmatched)] if unmatched else []
    return [PostLeg("cash", -returned.amount_minor), *legs]


def _put_back(payment: Payment, returned: Returned, key: str) -> list[PostLeg]:
    """To the debts that had opened again, as far as they are still open; the rest waits as credit."""
    entry = Entry.objects.get(shard=payment.shard, key=key)
    of = Leg.objects.filter(shard=payment.shard, entry_id=entry.id, account="receivable")
    opened = dict(of.values_list("debt_id", "amount_minor"))
    rows = Debt.objects.filter(shard=payment.shard, id__in=list(opened)).values_list("id", "due_date", "open_minor")
    where = allocate(returned.amount_minor, [Open(id_, due, min(is_open, opened[id_])) for id_, due, is_open in rows])
    legs = [PostLeg("receivable", -part, debt) for debt, part in where.parts]
    legs += [PostLeg("unmatched", -where.rest_minor)] if where.rest_minor else []
    return [PostLeg("cash", returned.amount_minor), *legs]


def _still_paid(payment: Payment, currency: str) -> dict[int | None, int]:
    """What this payment's entries come to by debt (None: matched to no debt): negative, as it lowered what was owed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.debt_id, sum(l.amount_minor)::bigint FROM entry e"
            " JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id"
            " WHERE e.shard = %s AND e.customer_id = %s AND e.currency = %s AND starts_with(e.key, %s)"
            " AND l.account IN ('receivable', 'unmatched') GROUP BY l.debt_id",
            [payment.shard, payment.customer_id, currency, f"payment:{payment.id}:"],
        )
        return dict(cursor.fetchall())


def _credit(payment: Payment, currency: str) -> int:
    of = Credit.objects.filter(shard=payment.shard, customer_id=payment.customer_id, currency=currency)
    return of.values_list("amount_minor", flat=True).first() or 0


def _post(
    payment: Payment, returned: Returned, key: str, kind: str, legs: list[PostLeg], booked: date, now: datetime
) -> None:
    post(
        [
            Posting(
                shard=payment.shard,
                creditor_id=payment.creditor_id,
                customer_id=payment.customer_id,
                kind=kind,
                booked_date=booked,
                posted_at=now,
                currency=returned.currency,
                key=key,
                legs=tuple(legs),
                memo=f"{reference(payment)} by {returned.gateway}",
            )
        ]
    )


def _placed_by(payment: Payment, returned: Returned) -> str:
    return f"gateway {returned.gateway}: {reference(payment)}"


def _pause(payment: Payment, returned: Returned, debts: list[int], *, now: datetime) -> None:
    """A debt that a bank has opened again is not chased until a person has looked."""
    for debt in debts:
        place(
            NewHold(
                shard=payment.shard,
                creditor_id=payment.creditor_id,
                customer_id=payment.customer_id,
                debt_id=debt,
                kind="dispute",
                reason="The bank took this payment back. We find out why before we write again.",
                placed_by=_placed_by(payment, returned),
                review_date=(now + REVIEW_AFTER).date(),
            ),
            now=now,
        )


def _resume(payment: Payment, returned: Returned, *, now: datetime) -> None:
    if returned.cause != "chargeback":
        return
    held = Hold.objects.filter(
        shard=payment.shard, customer_id=payment.customer_id, placed_by=_placed_by(payment, returned), until_at=None
    )
    for hold in held:
        lift(hold.shard, hold.id, by=hold.placed_by, why="The bank decided for us.", now=now)
