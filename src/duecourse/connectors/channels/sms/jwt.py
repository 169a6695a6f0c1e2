"""The signed token of a callback: HS256 only, issued within five minutes, over the very bytes of the body (RFC 7515, 7519)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from duecourse.connectors.channels.sms.text import Call, HookRefused
from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.signed import fresh, mac


def verified(call: Call, secret: bytes, *, now: datetime) -> dict[str, Any]:
    """The token's claims. Raises HookRefused."""
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or token.count(".") != 2:
        raise HookRefused("missing")
    head, body, given = token.split(".")
    # The algorithm is ours to choose, never the caller's: a token that names another one is not looked at.
    if _part(head).get("alg") != "HS256":
        raise HookRefused("signature")
    if not hmac.compare_digest(mac(secret, f"{head}.{body}".encode()), _bytes(given)):
        raise HookRefused("signature")
    claims = _part(body)
    try:
        fresh(str(claims.get("iat", "")), now=now)
    except EventRefused as refused:
        raise HookRefused("stale" if refused.reason == "stale" else "malformed") from None
    if claims.get("payload_hash") != hashlib.sha256(call.body).hexdigest():
        raise HookRefused("signature")
    return claims


def _part(text: str) -> dict[str, Any]:
    try:
        read = json.loads(_bytes(text))
    except ValueError:
        raise HookRefused("malformed") from None
    if not isinstance(read, dict):
        raise HookRefused("malformed")
    return read


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise HookRefused("malformed") from None
