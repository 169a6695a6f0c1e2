"""Hear a gateway: check that it is the gateway that speaks, then take in what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from duecourse.actions.gateways import gateways
from duecourse.actions.post_payment import take


def receive_webhook(gateway: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> None:
    """Raises NoSuchGateway or EventRefused; anything else that it raises is ours, and the gateway should try again."""
    take(gateway, [gateways()[gateway].parse_event(headers, body, now=now)], now=now)
