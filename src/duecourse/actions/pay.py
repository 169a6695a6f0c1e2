"""Start a payment: write down what is asked, commit, call the gateway, write down where the payer goes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from duecourse.actions.ask_gateway import OPEN_STATES, charge_of, close, outside_transactions, refresh
from duecourse.actions.gateways import gateways
from duecourse.actions.pay_link import Opened
from duecourse.connectors.gateways.errors import GatewayError, Refused
from duecourse.records.failpoint import failpoint
from duecourse.records.ledger.models import Debt, Payment
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.portal import account
from duecourse.records.tenancy import scope

JUST_NOW = timedelta(seconds=20)
"""A payment started so lately is that of another tab; its gateway need not be asked whether it is still open."""


class CannotPay(Exception):
    """A payment that cannot be started. `kind` is one of:

    nothing_open, too_little, too_much (`most_minor` is what is left), foreign_debt, refused (by the gateway),
    gateway_down, no_gateway, busy.
    """

    def __init__(self, kind: str, most_minor: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.most_minor = kind, most_minor


def start_payment(
    who: Opened, *, currency: str, amount_minor: int, debts: Sequence[int] = (), return_url: str, now: datetime
) -> Payment:
    """A payment with the `redirect_url` to send the payer to. It calls a gateway: never run it inside a transaction.

    `debts` are those that the payer chose, in order; none means the oldest due first. At most one payment of a customer
    and currency is open: a second tab that asks for the same gets the same one, and one that asks for another sum
    closes the first. Raises CannotPay.
    """
    outside_transactions()
    for _ in range(4):
        payment, running = _write_down(who, currency, amount_minor, tuple(debts), return_url, now)
        if payment is not None:
            failpoint("pay.before_call")
            return payment if payment.redirect_url else _call(payment, now=now)
        assert running is not None
        if _same(running, amount_minor, debts):
            still = refresh(running, now=now)
            if still.state in OPEN_STATES:
                return still if still.redirect_url else _call(still, now=now)
        else:
            close(running, now=now)
    raise CannotPay("busy")


def _write_down(
    who: Opened, currency: str, amount_minor: int, debts: tuple[int, ...], return_url: str, now: datetime
) -> tuple[Payment | None, Payment | None]:
    """A payment to go on with, or else the one that stands in its way."""
    try:
        first = gateways().first
    except GatewayError:
        raise CannotPay("no_gateway") from None
    with scope([who.creditor_id]):
        lock_customers([(who.shard, who.customer_id)])
        running = Payment.objects.filter(
            shard=who.shard, customer_id=who.customer_id, currency=currency, state__in=OPEN_STATES
        ).first()
        if running is not None:
            fresh = running.created_at > now - JUST_NOW and _same(running, amount_minor, debts)
            return (running, None) if fresh else (None, running)
        _check(who, currency, amount_minor, debts, now)
        payment = Payment.objects.create(
            shard=who.shard,
            creditor_id=who.creditor_id,
            customer_id=who.customer_id,
            pay_link_id=who.link_id,
            gateway=first,
            currency=currency,
            amount_minor=amount_minor,
            debts=list(debts),
            key=secrets.token_hex(16),
            return_url=return_url,
            created_at=now,
            updated_at=now,
        )
        return payment, None


def _same(payment: Payment, amount_minor: int, debts: Sequence[int]) -> bool:
    return (payment.amount_minor, payment.debts) == (amount_minor, list(debts))


def _check(who: Opened, currency: str, amount_minor: int, debts: tuple[int, ...], now: datetime) -> None:
    """Never more than is left to pay; never for a debt that is another's, in another currency, or closed."""
    found = account(who.shard, who.customer_id, now=now)
    most = found.owed().get(currency, 0)
    if debts:
        own = Debt.objects.filter(shard=who.shard, customer_id=who.customer_id, currency=currency, id__in=debts)
        if own.count() != len(set(debts)):
            raise CannotPay("foreign_debt")
        most = min(most, sum(debt.open_minor for debt in found.debts if debt.id in debts))
    if most <= 0:
        raise CannotPay("nothing_open")
    if amount_minor <= 0:
        raise CannotPay("too_little", most)
    if amount_minor > most:
        raise CannotPay("too_much", most)


def _call(payment: Payment, *, now: datetime) -> Payment:
    with scope([payment.creditor_id]):
        payee = str(Creditor.objects.get(id=payment.creditor_id))
    try:
        name, started = gateways().charge(charge_of(payment, payee=payee), now=now)
    except Refused:
        with scope([payment.creditor_id]):
            Payment.objects.filter(shard=payment.shard, id=payment.id, state="new").update(
                state="failed", updated_at=now
            )
        raise CannotPay("refused") from None
    except GatewayError:
        # Whether it exists there is not known. Trying again repeats the key; the janitor closes what is left.
        raise CannotPay("gateway_down") from None
    failpoint("pay.before_record")
    with scope([payment.creditor_id]):
        lock_customers([(payment.shard, payment.customer_id)])
        payment.refresh_from_db()
        if not payment.gateway_ref:  # else another tab was first, and both payers go to the same page
            payment.gateway, payment.gateway_ref = name, started.gateway_ref
            payment.redirect_url = started.redirect_url or ""
            # A webhook may have come before this line, and then it knows better.
            payment.state = "pending" if payment.state == "new" else payment.state
            payment.updated_at = now
            payment.save(update_fields=["gateway", "gateway_ref", "redirect_url", "state", "updated_at"])
    return payment
