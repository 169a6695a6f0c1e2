"""Only the gateway's own fresh bytes are believed: 10,000 attacks on each, and canaries without a guard."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from duecourse.connectors.gateways import signed
from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.port import Gateway, Kind
from duecourse.connectors.gateways.sandbox.client import SandboxGateway
from duecourse.connectors.gateways.sandbox.keys import signing_key
from duecourse.connectors.gateways.sandbox.signature import sign
from duecourse.connectors.gateways.stripe_ import StripeCheckout

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Hook = tuple[dict[str, str], bytes]
Maker = Callable[[datetime], Hook]

SANDBOX = SandboxGateway(url="http://127.0.0.1:1", secret="s3cret")
STRIPE = StripeCheckout(secret_key="sk_test_x", webhook_secrets=["whsec_old", "whsec_now"])


def sandbox_hook(at: datetime) -> Hook:
    data = {"payment": "pay_1", "reference": "R1", "part": "", "amount_minor": 500, "currency": "GBP"}
    told = {"id": "evt_1", "type": "payment.succeeded", "created_at": at.isoformat(), "data": data}
    body = json.dumps(told).encode()
    return sign("evt_1", body, key=signing_key("s3cret"), at=at), body


def stripe_header(body: bytes, at: datetime, *, secret: str = "whsec_now", scheme: str = "v1") -> str:
    seconds = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},{scheme}={digest}"


def stripe_hook(at: datetime) -> Hook:
    intent = {"id": "pi_1", "amount": 500, "amount_received": 500, "currency": "gbp", "metadata": {"reference": "R1"}}
    told = {
        "id": "evt_1",
        "type": "payment_intent.succeeded",
        "created": int(at.timestamp()),
        "data": {"object": intent},
    }
    body = json.dumps(told, indent=2).encode()
    return {"Stripe-Signature": stripe_header(body, at)}, body


BOTH = pytest.mark.parametrize(
    ("gateway", "make"), [(SANDBOX, sandbox_hook), (STRIPE, stripe_hook)], ids=["sandbox", "stripe"]
)


def attack(hook: Hook, make: Maker, random: random.Random) -> Hook:
    """One of eight ways to cheat."""
    headers, body = dict(hook[0]), hook[1]
    name = random.choice([key for key in headers if "ignature" in key])
    match random.randrange(8):
        case 0:  # a header is missing
            headers.pop(random.choice(list(headers)))
        case 1:  # a letter of the signature is another one
            at = random.randrange(len(headers[name]) - 12, len(headers[name]) - 2)
            headers[name] = headers[name][:at] + ("0" if headers[name][at] != "0" else "1") + headers[name][at + 1 :]
        case 2:  # a bit of the body is flipped
            at = random.randrange(len(body))
            body = body[:at] + bytes([body[at] ^ (1 << random.randrange(8))]) + body[at + 1 :]
        case 3:  # read and written again
            body = json.dumps(json.loads(body), separators=(",", ":"), sort_keys=random.random() < 0.5).encode()
        case 4:  # signed well, but long ago or far ahead
            away = timedelta(seconds=random.randrange(301, 10**6)) * random.choice([-1, 1])
            headers, body = make(NOW + away)
        case 5:  # an old one with its time brushed up
            headers, body = make(NOW - timedelta(hours=1))
            old, new = str(int((NOW - timedelta(hours=1)).timestamp())), str(int(NOW.timestamp()))
            headers = {key: value.replace(old, new) for key, value in headers.items()}
        case 6:  # another algorithm or scheme
            weak = hashlib.new(random.choice(["md5", "sha1", "sha512"]), body)
            headers[name] = random.choice(
                [
                    headers[name].replace("v1", random.choice(["v0", "v2", "none", "v1a", "V1"])),
                    f"t={int(NOW.timestamp())},v1={weak.hexdigest()}",
                    f"v1,{base64.b64encode(weak.digest()).decode()}",
                    f"t={int(NOW.timestamp())},v1=",
                    "v1,",
                ]
            )
        case _:  # signed with another secret
            guess = random.randbytes(16).hex()
            if "Stripe-Signature" in headers:
                headers["Stripe-Signature"] = stripe_header(body, NOW, secret=guess)
            else:
                headers = sign("evt_1", body, key=guess.encode(), at=NOW)
    return headers, body


def believed(gateway: Gateway, make: Maker, attacks: int) -> int:
    """How many of the attacks got through; the honest webhook must."""
    honest = make(NOW)
    assert gateway.parse_event(*honest, now=NOW).kind is Kind.SUCCEEDED
    dice, through = random.Random(20261124), 0
    for _ in range(attacks):
        try:
            gateway.parse_event(*attack(honest, make, dice), now=NOW)
        except EventRefused:
            continue
        through += 1
    return through


@BOTH
def test_no_attack_of_ten_thousand_is_believed(gateway: Gateway, make: Maker) -> None:
    assert believed(gateway, make, 10_000) == 0


@BOTH
@pytest.mark.parametrize("guard", ["compare_digest", "WINDOW"])
def test_canary_without_a_guard_attacks_get_through(
    gateway: Gateway, make: Maker, guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if guard == "WINDOW":
        monkeypatch.setattr(signed, "WINDOW", timedelta(days=3650))
    else:
        monkeypatch.setattr(signed.hmac, "compare_digest", lambda *_: True)
    assert believed(gateway, make, 500) > 20


@BOTH
@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_within_five_minutes_is_fresh(gateway: Gateway, make: Maker, seconds: int) -> None:
    assert gateway.parse_event(*make(NOW + timedelta(seconds=seconds)), now=NOW).id == "evt_1"


def test_header_names_may_come_in_any_case() -> None:
    for gateway, make in ((SANDBOX, sandbox_hook), (STRIPE, stripe_hook)):
        headers, body = make(NOW)
        assert gateway.parse_event({key.upper(): value for key, value in headers.items()}, body, now=NOW).id == "evt_1"


def test_both_secrets_hold_while_one_is_replaced() -> None:
    body = stripe_hook(NOW)[1]
    for secret in ("whsec_old", "whsec_now"):
        assert STRIPE.parse_event({"Stripe-Signature": stripe_header(body, NOW, secret=secret)}, body, now=NOW)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"id": "evt_1"}', b"\xff", b'{"id":"evt_2","type":"x","data":{}}', b"9" * 9]
)
def test_well_signed_nonsense_is_unreadable(body: bytes) -> None:
    with pytest.raises(EventRefused, match="unreadable"):
        SANDBOX.parse_event(sign("evt_1", body, key=signing_key("s3cret"), at=NOW), body, now=NOW)
    with pytest.raises(EventRefused, match="unreadable"):
        STRIPE.parse_event({"Stripe-Signature": stripe_header(body, NOW)}, body, now=NOW)


def test_a_body_too_large_is_not_even_hashed() -> None:
    body = b" " * (signed.MOST_BYTES + 1)
    with pytest.raises(EventRefused, match="unreadable"):
        STRIPE.parse_event({}, body, now=NOW)
