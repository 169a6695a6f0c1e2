"""Signatures in the manner of standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body`, three headers, scheme v1."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.signed import fresh, header, mac, signed_by_any

_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def sign(id: str, body: bytes, *, key: bytes, at: datetime) -> dict[str, str]:
    """The three headers of a webhook."""
    seconds = str(int(at.timestamp()))
    signature = base64.b64encode(mac(key, f"{id}.{seconds}.".encode() + body)).decode()
    return {"webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": f"v1,{signature}"}


def check(headers: Mapping[str, str], body: bytes, *, keys: Iterable[bytes], now: datetime) -> str:
    """The id of a webhook whose signature holds. Raises EventRefused."""
    id, seconds = header(headers, "webhook-id"), header(headers, "webhook-timestamp")
    # The parts are joined by dots: an id with a dot could move bytes from one part to the next.
    if not _ID.fullmatch(id):
        raise EventRefused("malformed")
    signatures = list(_signatures(header(headers, "webhook-signature")))
    if not signatures:
        raise EventRefused("malformed")
    if not signed_by_any(keys, f"{id}.{seconds}.".encode() + body, signatures):
        raise EventRefused("signature")
    fresh(seconds, now=now)
    return id


def _signatures(value: str) -> Iterable[bytes]:
    for one in value.split(" "):
        scheme, _, text = one.partition(",")
        if scheme == "v1":
            try:
                yield base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                continue
