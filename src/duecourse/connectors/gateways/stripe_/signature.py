"""The `Stripe-Signature` header: `t=<seconds>,v1=<hex>`. Source: docs.stripe.com/webhooks/signature, read 2026-11."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.signed import fresh, signed_by_any

_HEX = re.compile(r"[0-9a-f]{64}")


def check(header: str, body: bytes, *, secrets: Iterable[str], now: datetime) -> None:
    """Raises EventRefused unless one of the secrets signed these very bytes within five minutes of `now`.

    Only the scheme `v1` counts; `v0` is made with a key that anyone can read in test mode.
    """
    pairs = [tuple(item.strip().partition("=")[::2]) for item in header.split(",")]
    times = [value for name, value in pairs if name == "t"]
    signatures = [bytes.fromhex(value) for name, value in pairs if name == "v1" and _HEX.fullmatch(value)]
    if len(times) != 1 or not signatures:
        raise EventRefused("malformed")
    content = times[0].encode() + b"." + body
    if not signed_by_any((secret.encode() for secret in secrets), content, signatures):
        raise EventRefused("signature")
    fresh(times[0], now=now)
