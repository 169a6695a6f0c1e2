"""Stripe's hosted page. localstripe has none, so a double answers in the shapes of docs.stripe.com/api."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest

from duecourse.connectors.gateways.errors import Refused, Unreachable, Unsure
from duecourse.connectors.gateways.port import Kind
from duecourse.connectors.gateways.stripe_ import StripeCheckout

from .peers import charge, utc_now


class Stripe(ThreadingHTTPServer):
    """Keeps what was asked; `state` decides how its one session and PaymentIntent are."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
        self.session = {
            "id": "cs_1",
            "status": "open",
            "payment_intent": None,
            "amount_total": 128460,
            "currency": "gbp",
        }
        self.session |= {"client_reference_id": "R-7F3K", "url": "https://checkout.stripe.com/c/pay/cs_1"}
        self.intent: dict[str, Any] = {"id": "pi_1", "status": "succeeded", "amount": 128460, "amount_received": 128460}
        self.intent |= {"currency": "gbp", "metadata": {"reference": "R-7F3K"}, "latest_charge": {"disputed": True}}
        self.failing: int | None = None


class Handler(BaseHTTPRequestHandler):
    server: Stripe

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = self.path.partition("?")[0]
        self.server.asked.append((self.command, path, dict(self.headers), dict(parse_qsl(body))))
        self.reply(*self.answer(path))

    def answer(self, path: str) -> tuple[int, object]:
        server = self.server
        if server.failing:
            return server.failing, {"error": {"type": "api_error"}}
        if path.endswith("/expire"):
            if server.session["status"] != "open":
                return 400, {"error": {"type": "invalid_request_error"}}
            server.session["status"] = "expired"
        if path == "/v1/payment_intents/pi_1":
            return 200, server.intent
        if path == "/v1/disputes":
            one = {
                "id": "du_1",
                "payment_intent": "pi_1",
                "amount": 128460,
                "currency": "gbp",
                "status": "needs_response",
            }
            return 200, {"data": [one]}
        if path == "/v1/refunds":
            return 200, {"id": "re_1", "payment_intent": "pi_1", "amount": 100, "currency": "gbp", "status": "pending"}
        return 200, server.session

    def reply(self, status: int, body: object) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def stripe() -> Iterator[Stripe]:
    server = Stripe()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def gateway(stripe: Stripe) -> StripeCheckout:
    url = f"http://127.0.0.1:{stripe.server_address[1]}"
    return StripeCheckout(secret_key="sk_test_x", webhook_secrets=["whsec_x"], url=url, timeout=2)


def test_the_payer_is_sent_to_stripes_page_and_no_card_comes_near(stripe: Stripe, gateway: StripeCheckout) -> None:
    started = gateway.charge(charge())
    assert (started.gateway_ref, started.redirect_url) == ("cs_1", "https://checkout.stripe.com/c/pay/cs_1")
    method, path, headers, form = stripe.asked[0]
    assert (method, path, headers["Idempotency-Key"]) == ("POST", "/v1/checkout/sessions", "key-0000000001")
    assert form["line_items[0][price_data][unit_amount]"] == "128460" and form["mode"] == "payment"
    assert form["payment_intent_data[metadata][reference]"] == form["client_reference_id"] == "R-7F3K"
    assert form["success_url"] == form["cancel_url"] == charge().return_url
    assert not [name for name in form if "card" in name]


def test_asking_before_and_after_the_payer_paid(stripe: Stripe, gateway: StripeCheckout) -> None:
    assert [(event.kind, event.gateway_ref) for event in gateway.ask("cs_1", now=utc_now())] == [(Kind.PENDING, "cs_1")]
    stripe.session |= {"status": "complete", "payment_intent": "pi_1"}
    told = gateway.ask("cs_1", now=utc_now())
    assert [(event.kind, event.gateway_ref, event.part_ref) for event in told] == [
        (Kind.SUCCEEDED, "pi_1", ""),
        (Kind.DISPUTED, "pi_1", "du_1"),
    ]
    assert {event.id for event in told} == {event.id for event in gateway.ask("cs_1", now=utc_now())}


def test_cancel_expires_an_open_page_and_leaves_a_paid_one(stripe: Stripe, gateway: StripeCheckout) -> None:
    assert gateway.cancel("cs_1", now=utc_now())[0].kind is Kind.FAILED
    stripe.session |= {"status": "complete", "payment_intent": "pi_1"}
    assert gateway.cancel("cs_1", now=utc_now())[0].kind is Kind.SUCCEEDED


def test_a_refund_goes_to_the_sessions_intent(stripe: Stripe, gateway: StripeCheckout) -> None:
    with pytest.raises(Refused, match="nothing_to_refund"):
        gateway.refund("cs_1", amount_minor=100, currency="GBP", key="refund-0001", now=utc_now())
    stripe.session |= {"status": "complete", "payment_intent": "pi_1"}
    event = gateway.refund("cs_1", amount_minor=100, currency="GBP", key="refund-0001", now=utc_now())
    assert (event.kind, event.part_ref) == (Kind.REFUNDED, "re_1")
    assert stripe.asked[-1][3] == {"payment_intent": "pi_1", "amount": "100"}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, Unsure),
        (503, Unsure),
        (302, Unsure),
        (409, Unsure),
        (401, Unreachable),
        (429, Unreachable),
        (400, Refused),
    ],
)
def test_what_a_failure_says_about_the_payment(
    stripe: Stripe, gateway: StripeCheckout, status: int, error: type[Exception]
) -> None:
    stripe.failing = status
    with pytest.raises(error):
        gateway.charge(charge())
