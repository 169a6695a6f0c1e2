"""Stripe's PaymentIntent flow against localstripe, an imitation written by others and run as its own process."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request

import pytest

from duecourse.connectors.gateways.errors import Refused
from duecourse.connectors.gateways.port import Kind
from duecourse.connectors.gateways.stripe_ import StripeIntents

from .peers import Inbox, charge, utc_now

GOOD, DECLINED, NEEDS_3DS = "4242424242424242", "4000000000000341", "4000002500003155"
SECRET = "whsec_localstripe"


def post(url: str, form: dict[str, str]) -> dict[str, object]:
    request = urllib.request.Request(url, data=urllib.parse.urlencode(form).encode(), method="POST")
    request.add_header("Authorization", "Bearer sk_test_12345")
    with urllib.request.urlopen(request, timeout=10) as answer:
        raw = answer.read()
        return dict(json.loads(raw)) if raw else {}


def saved_card(url: str, number: str) -> str:
    """What Stripe's own page would make of a card. Only this test, in the role of that page, ever sees a number."""
    card = {
        "type": "card",
        "card[number]": number,
        "card[exp_month]": "12",
        "card[exp_year]": "2030",
        "card[cvc]": "123",
    }
    return str(post(f"{url}/v1/payment_methods", card)["id"])


@pytest.fixture
def stripe(localstripe: str, inbox: Inbox) -> StripeIntents:
    post(f"{localstripe}/_config/webhooks/test", {"url": inbox.url, "secret": SECRET})
    return StripeIntents(secret_key="sk_test_12345", webhook_secrets=[SECRET], url=localstripe)


def test_create_confirm_hear_refund(stripe: StripeIntents, localstripe: str, inbox: Inbox) -> None:
    started = stripe.charge(charge())
    assert started.state is Kind.PENDING and started.gateway_ref.startswith("pi_")
    method = saved_card(localstripe, GOOD)
    told = stripe.confirm(started.gateway_ref, payment_method=method, key="confirm-0001", now=utc_now())
    assert (told[0].kind, told[0].amount_minor, told[0].reference) == (Kind.SUCCEEDED, 128460, "R-7F3K")

    heard = stripe.parse_event(*inbox.wait(1)[0], now=utc_now())
    assert (heard.kind, heard.gateway_ref, heard.amount_minor) == (Kind.SUCCEEDED, started.gateway_ref, 128460)
    assert (heard.currency, heard.reference, heard.said) == ("GBP", "R-7F3K", "payment_intent.succeeded")

    back = stripe.refund(started.gateway_ref, amount_minor=460, currency="GBP", key="refund-0001", now=utc_now())
    assert (back.kind, back.amount_minor, back.part_ref[:3]) == (Kind.REFUNDED, 460, "re_")
    kinds = [(event.kind, event.amount_minor) for event in stripe.ask(started.gateway_ref, now=utc_now())]
    assert kinds == [(Kind.SUCCEEDED, 128460), (Kind.REFUNDED, 460)]
    assert stripe.cancel(started.gateway_ref, now=utc_now())[0].kind is Kind.SUCCEEDED


def test_a_declined_card_leaves_the_payment_open(stripe: StripeIntents, localstripe: str, inbox: Inbox) -> None:
    started = stripe.charge(charge(key="key-declined"))
    method = saved_card(localstripe, DECLINED)
    told = stripe.confirm(started.gateway_ref, payment_method=method, key="confirm-0002", now=utc_now())
    assert told[0].kind is Kind.DECLINED
    assert stripe.parse_event(*inbox.wait(1)[0], now=utc_now()).kind is Kind.DECLINED
    with pytest.raises(Refused):
        stripe.refund(started.gateway_ref, amount_minor=1, currency="GBP", key="refund-0002", now=utc_now())


def test_a_bank_that_wants_to_ask_the_payer(stripe: StripeIntents, localstripe: str, inbox: Inbox) -> None:
    started = stripe.charge(charge(key="key-3ds"))
    method = saved_card(localstripe, NEEDS_3DS)
    told = stripe.confirm(started.gateway_ref, payment_method=method, key="confirm-0003", now=utc_now())
    assert told[0].kind is Kind.PENDING and inbox.got == []
    url = f"{localstripe}/v1/payment_intents/{started.gateway_ref}"
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={"Authorization": "Bearer sk_test_12345"})
    ) as answer:
        secret = json.loads(answer.read())["client_secret"]
    post(f"{url}/_authenticate", {"client_secret": secret, "success": "true", "key": "pk_test_12345"})
    assert stripe.parse_event(*inbox.wait(1)[0], now=utc_now()).kind is Kind.SUCCEEDED


def test_cancel_closes_an_unpaid_payment(stripe: StripeIntents) -> None:
    started = stripe.charge(charge(key="key-cancel"))
    assert stripe.cancel(started.gateway_ref, now=utc_now())[0].kind is Kind.FAILED
