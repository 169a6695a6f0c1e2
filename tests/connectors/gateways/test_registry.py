"""Failover: the next gateway when one is down, never when one said no, and a breaker that anyone can see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duecourse.connectors.gateways.breaker import REST, TRIES
from duecourse.connectors.gateways.errors import GatewayError, Refused, Unreachable, Unsure
from duecourse.connectors.gateways.port import Charge, Kind, Started
from duecourse.connectors.gateways.registry import NoSuchGateway, Registry, from_settings
from duecourse.connectors.gateways.sandbox.client import SandboxGateway
from duecourse.connectors.gateways.stripe_ import StripeCheckout

from .peers import SandboxProcess, charge, free_port, utc_now

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Double(SandboxGateway):
    """A gateway that does what the test says, and counts."""

    def __init__(self, name: str, outcome: GatewayError | None = None) -> None:
        super().__init__(name=name, url="http://127.0.0.1:1", secret="s")
        self.outcome, self.calls = outcome, 0

    def charge(self, charge: Charge) -> Started:
        self.calls += 1
        if self.outcome is not None:
            raise self.outcome
        return Started(gateway_ref=f"{self.name}_1", redirect_url=f"https://{self.name}.example/1", state=Kind.PENDING)


@pytest.mark.parametrize(
    ("first", "taken_by"),
    [
        (None, "first"),
        (Unreachable("down"), "second"),
        (Unsure("time ran out"), "second"),
        (Refused("too small"), None),
    ],
)
def test_who_takes_the_payment(first: GatewayError | None, taken_by: str | None) -> None:
    registry = Registry([Double("first", first), Double("second")])
    if taken_by is None:
        with pytest.raises(Refused):
            registry.charge(charge(), now=NOW)
    else:
        assert registry.charge(charge(), now=NOW)[0] == taken_by


def test_a_gateway_that_fails_rests_and_is_then_tried_once() -> None:
    first, second = Double("first", Unreachable("down")), Double("second")
    registry = Registry([first, second])
    for _ in range(TRIES + 5):
        assert registry.charge(charge(), now=NOW)[0] == "second"
    assert first.calls == TRIES
    assert registry.states(NOW) == {"first": "open", "second": "closed"}
    later = NOW + REST
    assert registry.states(later) == {"first": "trying", "second": "closed"}
    registry.charge(charge(), now=later)
    assert first.calls == TRIES + 1 and registry.states(later)["first"] == "open"
    first.outcome = None
    assert registry.charge(charge(), now=later + REST)[0] == "first"
    assert registry.states(later + REST) == {"first": "closed", "second": "closed"}


def test_all_down_says_so_and_a_refusal_does_not_count_as_down() -> None:
    registry = Registry([Double("first", Unsure("time ran out"))])
    for _ in range(TRIES):
        with pytest.raises(Unsure):
            registry.charge(charge(), now=NOW)
    with pytest.raises(Unreachable, match="rests after several failures"):
        registry.charge(charge(), now=NOW + timedelta(seconds=1))
    refusing = Registry([Double("first", Refused("too small"))])
    for _ in range(TRIES + 1):
        with pytest.raises(Refused):
            refusing.charge(charge(), now=NOW)
    assert refusing.states(NOW) == {"first": "closed"}


def test_a_real_one_that_is_down_and_a_real_one_that_is_up(sandbox: SandboxProcess) -> None:
    down = SandboxGateway(name="down", url=f"http://127.0.0.1:{free_port()}", secret=sandbox.secret)
    name, started = Registry([down, sandbox.gateway]).charge(charge(), now=utc_now())
    assert name == "sandbox"
    assert sandbox.gateway.ask(started.gateway_ref, now=utc_now())[0].reference == charge().reference


def test_from_settings(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    sandbox = {"kind": "sandbox", "url": "http://127.0.0.1:9", "secret_file": str(secret)}
    stripe = {"kind": "stripe", "secret_key": "sk_test_1", "webhook_secrets": ["whsec_1"]}
    registry = from_settings({"sandbox": sandbox, "cards": stripe})
    assert [gateway.name for gateway in registry] == ["sandbox", "cards"] and registry.first == "sandbox"
    assert isinstance(registry["sandbox"], SandboxGateway) and isinstance(registry["cards"], StripeCheckout)
    with pytest.raises(NoSuchGateway):
        registry["paypal"]
    with pytest.raises(NoSuchGateway):
        _ = from_settings({}).first


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kind": "barter"}, "unknown kind barter"),
        ({}, "lacks the setting 'kind'"),
        ({"kind": "sandbox"}, "lacks the setting 'secret_file'"),
        ({"kind": "sandbox", "url": "http://x", "secret_file": "/nowhere/secret"}, "cannot be read: No such file"),
        ({"kind": "stripe", "secret_key": "sk_test_1"}, "lacks a setting"),
        ({"kind": "stripe", "secret_key": "sk_test_1", "webhook_secrets": [], "secret": "x"}, "is not known"),
    ],
)
def test_settings_that_make_no_sense(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_settings({"x": settings})


def test_the_sandbox_never_stands_in_for_a_live_gateway(tmp_path: Path) -> None:
    live = {"kind": "stripe", "secret_key": "sk_live_1", "webhook_secrets": ["whsec_1"]}
    sandbox = {"kind": "sandbox", "url": "http://127.0.0.1:9", "secret_file": str(tmp_path / "secret")}
    with pytest.raises(ValueError, match="takes no money"):
        from_settings({"cards": live, "sandbox": sandbox})


def test_no_secret_shows_in_a_gateway() -> None:
    gateway = StripeCheckout(secret_key="sk_live_topsecret", webhook_secrets=["whsec_topsecret"])
    assert "topsecret" not in repr(gateway) + repr(gateway._api)
