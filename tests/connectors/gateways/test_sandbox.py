"""The sandbox gateway, run as its users run it, through the port that every gateway has."""

from __future__ import annotations

import signal
import time
import urllib.error
import urllib.request

import pytest

from duecourse.connectors.gateways.errors import Refused, Unreachable, Unsure
from duecourse.connectors.gateways.port import Kind

from .peers import Inbox, SandboxProcess, charge, utc_now


def test_charge_pay_hear_refund_dispute(sandbox: SandboxProcess, inbox: Inbox) -> None:
    gateway = sandbox.gateway
    started = gateway.charge(charge())
    assert started.state is Kind.PENDING and started.redirect_url is not None
    assert sandbox.choose(started.redirect_url, "pay") == charge().return_url

    event = gateway.parse_event(*inbox.wait(1)[0], now=utc_now())
    assert (event.kind, event.gateway_ref, event.reference) == (Kind.SUCCEEDED, started.gateway_ref, "R-7F3K")
    assert (event.amount_minor, event.currency, event.part_ref) == (128460, "GBP", "")

    back = gateway.refund(started.gateway_ref, amount_minor=28460, currency="GBP", key="refund-0001", now=utc_now())
    again = gateway.refund(started.gateway_ref, amount_minor=28460, currency="GBP", key="refund-0001", now=utc_now())
    assert back.kind is Kind.REFUNDED and back.part_ref == again.part_ref
    heard = gateway.parse_event(*inbox.wait(2)[1], now=utc_now())
    assert (heard.kind, heard.part_ref, heard.amount_minor) == (Kind.REFUNDED, back.part_ref, 28460)
    with pytest.raises(Refused, match="amount_too_large"):
        gateway.refund(started.gateway_ref, amount_minor=100001, currency="GBP", key="refund-0002", now=utc_now())

    path = f"/v1/payments/{started.gateway_ref}/disputes"
    status, dispute = sandbox.call("POST", path, {"amount_minor": 100000}, Idempotency_Key="dispute-0001")
    assert status == 201
    assert sandbox.call("POST", f"/v1/disputes/{dispute['id']}/close", {"outcome": "dispute_won"})[0] == 200
    kinds = [gateway.parse_event(*one, now=utc_now()).kind for one in inbox.wait(4)]
    assert kinds == [Kind.SUCCEEDED, Kind.REFUNDED, Kind.DISPUTED, Kind.DISPUTE_WON]
    asked = [(event.kind, event.amount_minor) for event in gateway.ask(started.gateway_ref, now=utc_now())]
    assert asked == [(Kind.SUCCEEDED, 128460), (Kind.REFUNDED, 28460), (Kind.DISPUTE_WON, 100000)]


def test_decline_leave_and_cancel(sandbox: SandboxProcess, inbox: Inbox) -> None:
    gateway = sandbox.gateway
    declined, left = gateway.charge(charge()), gateway.charge(charge(key="key-0000000002"))
    assert declined.redirect_url and left.redirect_url
    sandbox.choose(left.redirect_url, "leave")
    assert gateway.ask(left.gateway_ref, now=utc_now())[0].kind is Kind.PENDING
    sandbox.choose(declined.redirect_url, "decline")
    assert gateway.parse_event(*inbox.wait(1)[0], now=utc_now()).kind is Kind.FAILED
    # What is settled stays: paying a declined payment's old page changes nothing, nor does cancelling a paid one.
    sandbox.choose(declined.redirect_url, "pay")
    assert gateway.ask(declined.gateway_ref, now=utc_now())[0].kind is Kind.FAILED
    sandbox.choose(left.redirect_url, "pay")
    assert gateway.cancel(left.gateway_ref, now=utc_now())[0].kind is Kind.SUCCEEDED


def test_the_same_key_starts_one_payment(sandbox: SandboxProcess) -> None:
    gateway = sandbox.gateway
    assert gateway.charge(charge()) == gateway.charge(charge())
    with pytest.raises(Refused, match="idempotency_key_reused"):
        gateway.charge(charge(amount_minor=1))


@pytest.mark.parametrize("change", [{"amount_minor": 0}, {"currency": "pounds"}, {"return_url": "javascript:1"}])
def test_a_payment_that_makes_no_sense_is_refused(sandbox: SandboxProcess, change: dict[str, object]) -> None:
    with pytest.raises(Refused, match="_invalid"):
        sandbox.gateway.charge(charge(**change))


def test_state_outlives_kill_9(sandbox: SandboxProcess, inbox: Inbox) -> None:
    sandbox.faults(hold=1)
    started = sandbox.gateway.charge(charge())
    assert started.redirect_url
    sandbox.choose(started.redirect_url, "pay")
    assert sandbox.kill(signal.SIGKILL) == -signal.SIGKILL
    sandbox.start()
    assert sandbox.gateway.ask(started.gateway_ref, now=utc_now())[0].kind is Kind.SUCCEEDED
    assert inbox.got == []
    sandbox.faults(hold=0)
    assert sandbox.gateway.parse_event(*inbox.wait(1)[0], now=utc_now()).kind is Kind.SUCCEEDED


def test_webhooks_are_tried_again_until_taken(sandbox: SandboxProcess, inbox: Inbox) -> None:
    inbox.answers[:] = [500, 503]
    started = sandbox.gateway.charge(charge())
    assert started.redirect_url
    sandbox.choose(started.redirect_url, "pay")
    bodies = {body for _, body in inbox.wait(3)}
    time.sleep(0.5)
    assert len(bodies) == 1 and len(inbox.got) == 3


def test_faults_can_be_ordered(sandbox: SandboxProcess, inbox: Inbox) -> None:
    gateway = sandbox.gateway
    sandbox.faults(duplicate=2, hold=1, reverse=1)
    first, second = gateway.charge(charge()), gateway.charge(charge(key="key-0000000002"))
    for started in (first, second):
        assert started.redirect_url
        sandbox.choose(started.redirect_url, "pay")
    sandbox.faults(hold=0)
    refs = [gateway.parse_event(*one, now=utc_now()).gateway_ref for one in inbox.wait(6)]
    assert refs == [second.gateway_ref] * 3 + [first.gateway_ref] * 3

    sandbox.faults(duplicate=0, reverse=0, fail=1)
    with pytest.raises(Unsure):
        gateway.charge(charge(key="key-0000000003"))
    sandbox.faults(forget=1)
    with pytest.raises(Unsure):
        gateway.charge(charge(key="key-0000000004"))
    assert gateway.charge(charge(key="key-0000000004")).state is Kind.PENDING
    assert sandbox.call("POST", "/control/faults", {"explode": 1})[0] == 422

    sandbox.faults(lose=1, slow_ms=300)
    lost = gateway.charge(charge(key="key-0000000005"))
    assert lost.redirect_url
    sandbox.choose(lost.redirect_url, "pay")
    events = sandbox.call("GET", "/control/events")[1]["events"]
    assert isinstance(events, list) and [one["outcome"] for one in events] == ["taken", "taken", "lost"]


def test_the_interface_is_closed_without_the_key(sandbox: SandboxProcess) -> None:
    request = urllib.request.Request(f"{sandbox.url}/control/events")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=5)
    with caught.value as error:
        assert error.code == 401


def test_a_gateway_that_is_not_there_is_unreachable(sandbox: SandboxProcess) -> None:
    gateway = sandbox.gateway
    sandbox.kill(signal.SIGKILL)
    with pytest.raises(Unreachable):
        gateway.charge(charge())
