"""Stripe's events as a table: what Stripe says, and what it means for us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from duecourse.connectors.gateways.errors import Refused
from duecourse.connectors.gateways.port import Kind
from duecourse.connectors.gateways.stripe_.amounts import from_stripe, to_stripe
from duecourse.connectors.gateways.stripe_.events import intent_kind, read

INTENT = {"id": "pi_1", "amount": 900, "amount_received": 500, "currency": "gbp", "metadata": {"reference": "R1"}}
SESSION = {"id": "cs_1", "payment_intent": "pi_1", "amount_total": 500, "currency": "gbp", "client_reference_id": "R1"}
REFUND = {"id": "re_1", "payment_intent": "pi_1", "amount": 200, "currency": "gbp", "metadata": None}
DISPUTE = {"id": "du_1", "payment_intent": "pi_1", "amount": 500, "currency": "gbp", "metadata": {}}

TABLE = [
    ("payment_intent.succeeded", INTENT, Kind.SUCCEEDED, 500),
    ("payment_intent.processing", INTENT, Kind.PENDING, 900),
    ("payment_intent.payment_failed", INTENT, Kind.DECLINED, 900),
    ("payment_intent.canceled", INTENT, Kind.FAILED, 900),
    ("checkout.session.completed", SESSION | {"payment_status": "paid"}, Kind.SUCCEEDED, 500),
    ("checkout.session.completed", SESSION | {"payment_status": "unpaid"}, Kind.PENDING, 500),
    ("checkout.session.async_payment_succeeded", SESSION, Kind.SUCCEEDED, 500),
    ("checkout.session.async_payment_failed", SESSION, Kind.FAILED, 500),
    ("checkout.session.expired", SESSION, Kind.FAILED, 500),
    ("refund.created", REFUND | {"status": "pending"}, Kind.REFUNDED, 200),
    ("refund.updated", REFUND | {"status": "succeeded"}, Kind.REFUNDED, 200),
    ("refund.failed", REFUND | {"status": "failed"}, Kind.REFUND_FAILED, 200),
    ("charge.refund.updated", REFUND | {"status": "canceled"}, Kind.REFUND_FAILED, 200),
    ("refund.created", REFUND | {"status": "requires_action"}, Kind.OTHER, 200),
    ("charge.dispute.created", DISPUTE | {"status": "needs_response"}, Kind.DISPUTED, 500),
    ("charge.dispute.created", DISPUTE | {"status": "warning_needs_response"}, Kind.OTHER, 500),
    ("charge.dispute.funds_withdrawn", DISPUTE | {"status": "under_review"}, Kind.DISPUTED, 500),
    ("charge.dispute.funds_reinstated", DISPUTE | {"status": "under_review"}, Kind.DISPUTE_WON, 500),
    ("charge.dispute.closed", DISPUTE | {"status": "won"}, Kind.DISPUTE_WON, 500),
    ("charge.dispute.closed", DISPUTE | {"status": "lost"}, Kind.DISPUTE_LOST, 500),
    ("charge.dispute.closed", DISPUTE | {"status": "prevented"}, Kind.OTHER, 500),
    ("customer.created", {"id": "cus_1"}, Kind.OTHER, None),
]


@pytest.mark.parametrize(
    ("said", "thing", "kind", "amount"), TABLE, ids=[f"{i}-{row[0]}" for i, row in enumerate(TABLE)]
)
def test_what_stripe_says(said: str, thing: dict[str, Any], kind: Kind, amount: int | None) -> None:
    event = read({"id": "evt_1", "type": said, "created": 1795521600, "data": {"object": thing}})
    assert (event.kind, event.amount_minor, event.said) == (kind, amount, said)
    assert event.at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    if amount is not None:
        assert (event.gateway_ref, event.currency) == ("pi_1", "GBP")
        assert event.part_ref == (thing["id"] if thing["id"][:2] in ("re", "du") else "")


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        ("requires_payment_method", None, Kind.PENDING),
        ("requires_payment_method", {"code": "card_declined"}, Kind.DECLINED),
        ("requires_confirmation", None, Kind.PENDING),
        ("requires_action", None, Kind.PENDING),
        ("processing", None, Kind.PENDING),
        ("succeeded", None, Kind.SUCCEEDED),
        ("canceled", None, Kind.FAILED),
    ],
)
def test_the_state_of_an_intent(status: str, error: dict[str, str] | None, kind: Kind) -> None:
    assert intent_kind({"status": status, "last_payment_error": error}) is kind


@pytest.mark.parametrize("amount", [True, 5.0, "500", None])
def test_money_is_a_whole_number(amount: object) -> None:
    event = {"id": "evt_1", "type": "refund.created", "created": 1}
    with pytest.raises(TypeError):
        read(event | {"data": {"object": REFUND | {"status": "succeeded", "amount": amount}}})


@pytest.mark.parametrize(("amount", "currency"), [(1, "GBP"), (1500, "JPY"), (1500, "ISK"), (7, "UGX"), (1230, "KWD")])
def test_amounts_come_back_as_they_went(amount: int, currency: str) -> None:
    assert from_stripe(to_stripe(amount, currency), currency) == amount


def test_amounts_that_stripe_cannot_carry() -> None:
    with pytest.raises(Refused, match="last_digit_zero"):
        to_stripe(1234, "KWD")
    with pytest.raises(ValueError, match="fraction"):
        from_stripe(150, "ISK")
