"""From what gateways said to the ledger: money in, money out again, each posted once, under the customer's lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from duecourse.actions.give_back import give_back
from duecourse.actions.payment_events import all_kept, find, heard, keep, reference
from duecourse.actions.payment_tasks import contradicted, mismatch, overpaid, unplaced
from duecourse.actions.queue_receipt import queue_receipt
from duecourse.actions.warn_early import close_paid
from duecourse.connectors.gateways.port import Event
from duecourse.core.money.allocate import Open, allocate
from duecourse.core.money.payment import Received, standing
from duecourse.records.failpoint import failpoint
from duecourse.records.ledger.models import Debt, Entry, Payment
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.locking import lock_customers
from duecourse.records.reads.creditor_day import day_of
from duecourse.records.tenancy import scope


def take(gateway: str, events: Sequence[Event], *, now: datetime) -> Payment | None:
    """Take in what a gateway said about one payment, in one transaction; None where the payment is not known to us.

    Events may come in any order and any number of copies: what they come to is a fold over all that was ever said.
    """
    with scope("all"):
        payment = next(filter(None, (find(gateway, event) for event in events)), None)
        if payment is None:
            new = keep(gateway, events, None, now=now)
            unplaced(gateway, new, now=now)
            return None
        # What is kept was acted on in the same transaction: a copy need not wait for the customer's lock.
        if all_kept(gateway, events):
            return payment
        lock_customers([(payment.shard, payment.customer_id)])
        payment.refresh_from_db()
        if keep(gateway, events, payment, now=now):
            _apply(payment, _day_of(events, payment), now=now)
        failpoint("payment.before_commit")
    failpoint("payment.after_commit")
    return payment


def _apply(payment: Payment, booked: date, *, now: datetime) -> None:
    """Bring ledger and state to where all events lead. The customer is locked."""
    now_stands = standing(heard(payment), gateway=payment.gateway)
    for received in now_stands.received:
        _receive(payment, received, booked, now=now)
    # Money can only leave again once it came: a refund that is heard of first waits for its payment.
    if now_stands.received:
        for returned in now_stands.returned:
            give_back(payment, returned, booked, now=now)
    if now_stands.contradicted:
        contradicted(payment, now=now)
    # A payment that we closed stays closed: the gateway may still think that it waits, but another may have begun.
    reopens = payment.state == "failed" and now_stands.state == "pending"
    if now_stands.state not in ("new", payment.state) and not reopens:
        payment.state, payment.updated_at = now_stands.state, now
        payment.save(update_fields=["state", "updated_at"])


def entry_key(payment: Payment, received: Received) -> str:
    """Names the event in money: one payment comes in once from one gateway, however often it is told."""
    return f"payment:{payment.id}:{received.gateway}"


def _receive(payment: Payment, received: Received, booked: date, *, now: datetime) -> None:
    key = entry_key(payment, received)
    if Entry.objects.filter(shard=payment.shard, key=key).exists():
        return
    as_asked = (received.amount_minor, received.currency) == (payment.amount_minor, payment.currency)
    # A sum that nobody asked for is booked as it came, and a person decides where it belongs.
    where = allocate(received.amount_minor, _open_debts(payment) if as_asked else (), named=payment.debts)
    legs = [PostLeg("cash", received.amount_minor)]
    legs += [PostLeg("receivable", -part, debt) for debt, part in where.parts]
    legs += [PostLeg("unmatched", -where.rest_minor)] if where.rest_minor else []
    post(
        [
            Posting(
                shard=payment.shard,
                creditor_id=payment.creditor_id,
                customer_id=payment.customer_id,
                kind="payment",
                booked_date=booked,
                posted_at=now,
                currency=received.currency,
                key=key,
                legs=tuple(legs),
                memo=f"{reference(payment)} by {received.gateway}",
            )
        ]
    )
    close_paid(payment.shard, payment.customer_id, now=now)
    queue_receipt(payment, received, where, booked, now=now)
    if not as_asked:
        mismatch(payment, received, now=now)
    elif where.rest_minor:
        overpaid(payment, received, where.rest_minor, now=now)


def _open_debts(payment: Payment) -> list[Open]:
    rows = Debt.objects.filter(
        shard=payment.shard, customer_id=payment.customer_id, currency=payment.currency, open_minor__gt=0
    )
    return [Open(*row) for row in rows.values_list("id", "due_date", "open_minor")]


def _day_of(events: Sequence[Event], payment: Payment) -> date:
    """The civil date of the newest event where the creditor is."""
    return day_of(payment.creditor_id, max(event.at for event in events))
