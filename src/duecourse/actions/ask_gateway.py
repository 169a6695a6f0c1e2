"""Ask a gateway what became of a payment: when the payer is back before the webhook, and for all that hang too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from duecourse.actions.gateways import gateways
from duecourse.actions.pay_link import Opened
from duecourse.actions.payment_events import reference
from duecourse.actions.payment_tasks import gone
from duecourse.actions.post_payment import take
from duecourse.connectors.gateways.errors import GatewayError, Refused
from duecourse.connectors.gateways.port import Charge, Event, Gateway, Kind
from duecourse.records.ledger.models import Payment, PaymentEvent
from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope

OPEN_STATES = ("new", "pending")
ASK_AFTER = timedelta(minutes=10)
"""A payment that nothing was heard of for so long is asked about."""
CLOSE_AFTER = timedelta(hours=2)
"""A payer who left is not coming back to that page: it is closed, so that it cannot be paid beside another one."""

ASK_FOR = timedelta(days=3)
"""A failure that was only heard of is asked about for so long."""
ASKED = "asked"
NO_ANSWER = "no_answer"
MOST_SILENT = 5


def latest(who: Opened, *, now: datetime) -> Payment | None:
    """The newest payment of a customer, as its gateway has it now; None where there is none.

    For the page that a payer returns to. It calls the gateway, so it must not run inside a transaction.
    """
    with scope([who.creditor_id]):
        payment = Payment.objects.filter(shard=who.shard, customer_id=who.customer_id).order_by("-id").first()
    return refresh(payment, now=now) if payment is not None else None


def refresh(payment: Payment, *, now: datetime) -> Payment:
    """The payment as its gateway has it now; as we have it where the gateway does not answer."""
    outside_transactions()
    if payment.state not in OPEN_STATES or not payment.gateway_ref:
        return payment
    try:
        return take(payment.gateway, _ask(payment, close=False, now=now), now=now) or payment
    except GatewayError:
        return payment


def close(payment: Payment, *, now: datetime) -> Payment:
    """Close a payment that nobody has paid, at the gateway and here; one that was paid is taken in as paid.

    Where the gateway cannot be reached it is closed here only: should it be paid after all, that still counts.
    """
    outside_transactions()
    try:
        return take(payment.gateway, _ask(payment, close=True, now=now), now=now) or payment
    except GatewayError:
        return _set(payment, "failed", now=now)


def ask_pending(*, now: datetime, limit: int = 50) -> Counter[str]:
    """Ask about payments that nothing was heard of for a while; counts by what they became, and `no_answer`.

    A gateway that fails five times in a row is left alone until the next round, so that a dead one holds nobody up.
    Safe to run anywhere and at the same time: what is learnt goes the way of every webhook.
    """
    outside_transactions()
    with scope("all"):
        quiet = Payment.objects.filter(updated_at__lte=now - ASK_AFTER).order_by("updated_at", "id")
        due = [*quiet.filter(state__in=OPEN_STATES)[:limit], *_only_heard_to_fail(quiet, now)[:limit]]
    counts: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for payment in due:
        if silent[payment.gateway] == MOST_SILENT:
            continue
        became = _settle(payment, now=now)
        silent[payment.gateway] = silent[payment.gateway] + 1 if became == NO_ANSWER else 0
        counts[became] += 1
    return counts


def _only_heard_to_fail(payments: QuerySet[Payment], now: datetime) -> QuerySet[Payment]:
    """Failed by a webhook, or closed here while the gateway was away: we ask once, because money may have come."""
    answers = PaymentEvent.objects.filter(
        shard=OuterRef("shard"), payment_id=OuterRef("id"), said=ASKED, kind__in=[Kind.FAILED, Kind.SUCCEEDED]
    )
    lately = payments.filter(state="failed", updated_at__gte=now - ASK_FOR, created_at__gte=now - ASK_FOR)
    # One that the gateway refused at birth, or never heard of, has neither a name there nor any news.
    begun = ~Q(gateway_ref="") | Exists(PaymentEvent.objects.filter(shard=OuterRef("shard"), payment_id=OuterRef("id")))
    return lately.filter(begun).exclude(Exists(answers))


def outside_transactions() -> None:
    """A gateway is never called while a transaction holds its locks. Raises RuntimeError."""
    if connection.in_atomic_block:
        raise RuntimeError("A gateway is called outside any transaction: end the page's own scope first")


def charge_of(payment: Payment, *, payee: str) -> Charge:
    """What is asked of the gateway; the same each time, so that repeating it changes nothing."""
    return Charge(
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        key=payment.key,
        reference=reference(payment),
        return_url=payment.return_url,
        payee=payee,
        description=f"Payment to {payee}",
    )


def _settle(payment: Payment, *, now: datetime) -> str:
    # A payment without the gateway's name for it was interrupted at birth: nobody was sent to its page.
    old = payment.created_at <= now - CLOSE_AFTER or payment.state == "failed" or not payment.gateway_ref
    try:
        known = take(payment.gateway, _ask(payment, close=old, patient=True, now=now), now=now)
    except Refused as refusal:
        return _refused(payment, refusal, now=now)
    except GatewayError:
        return _wait(payment, NO_ANSWER, now=now)
    if known is None or known.state in OPEN_STATES:
        return _wait(payment, "pending", now=now)
    return known.state


def _refused(payment: Payment, refusal: Refused, *, now: datetime) -> str:
    """It does not know the payment, or never took it: no money came that way, and a person looks where it should."""
    if payment.gateway_ref:
        with scope("all"):
            gone(payment, now=now)
    return _set(payment, "failed", now=now).state


def _ask(payment: Payment, *, close: bool, now: datetime, patient: bool = False) -> Sequence[Event]:
    with gateways().through(payment.gateway, now=now, patient=patient) as gateway:
        ref = payment.gateway_ref or _started_ref(gateway, payment)
        events = gateway.cancel(ref, now=now) if close else gateway.ask(ref, now=now)
    # The payment is known here whatever the gateway gave back of our reference.
    return [replace(event, reference=reference(payment), said=ASKED) for event in events]


def _started_ref(gateway: Gateway, payment: Payment) -> str:
    """The gateway's name for a payment whose answer was lost: the same key is answered with the same payment."""
    with scope("all"):
        payee = str(Creditor.objects.get(id=payment.creditor_id))
    return gateway.charge(charge_of(payment, payee=payee)).gateway_ref


def _set(payment: Payment, state: str, *, now: datetime) -> Payment:
    """Change the state of a payment that is still open, and only then."""
    with scope("all"):
        still = Payment.objects.filter(shard=payment.shard, id=payment.id, state__in=OPEN_STATES)
        still.update(state=state, updated_at=now)
        payment.refresh_from_db()
    return payment


def _wait(payment: Payment, said: str, *, now: datetime) -> str:
    """Its turn comes again after `ASK_AFTER`."""
    with scope("all"):
        of = Payment.objects.filter(shard=payment.shard, id=payment.id, state=payment.state)
        of.update(updated_at=now)
    return said
