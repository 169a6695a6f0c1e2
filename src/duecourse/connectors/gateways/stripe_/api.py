"""Stripe's HTTP interface: form-encoded in, JSON out. Source: docs.stripe.com/api, read 2026-11.

Plain HTTP and not Stripe's SDK: six calls are needed, the SDK reads global state and its own clock, and its retries
would hide from the breaker that Stripe is down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from duecourse.connectors.gateways.wire import call

VERSION = "2024-06-20"


@dataclass(frozen=True, slots=True)
class StripeApi:
    """`url` is another one only in tests."""

    secret_key: str = field(repr=False)
    url: str
    timeout: float

    def get(self, *path: str, **query: str) -> dict[str, Any]:
        where = self._at(path) + (f"?{urlencode(query)}" if query else "")
        return call("GET", where, headers=self._headers(), timeout=self.timeout).body

    def post(self, *path: str, form: Mapping[str, str | int], key: str | None = None) -> dict[str, Any]:
        """`key` is the idempotency key; acts that are idempotent by nature (expire, cancel) have none."""
        headers = self._headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        if key is not None:
            headers["Idempotency-Key"] = key
        body = urlencode(form).encode()
        return call("POST", self._at(path), headers=headers, body=body, timeout=self.timeout).body

    def _at(self, path: tuple[str, ...]) -> str:
        return "/".join([self.url.rstrip("/"), "v1", *(quote(part, safe="") for part in path)])

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret_key}", "Stripe-Version": VERSION}
