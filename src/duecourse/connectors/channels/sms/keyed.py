"""A gateway of your own, or a bridge to any provider: JSON with an Idempotency-Key that is honoured for some hours.

    POST {url}    Authorization: Bearer TOKEN    Idempotency-Key: KEY
    {"to": "+447700900123", "from": "FERNLEIGH", "text": "...", "callback": "https://.../hooks/sms/own/status/"}

The same key with the same body is sent once and answered alike. Callbacks: {"key", "status", "code"} for a status and
{"id", "from", "to", "text"} for a text that came in, with `Duecourse-Signature: t=SECONDS,v1=HEX` over "SECONDS.BODY".
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from duecourse.connectors.channels.delivery_report import DeliveryReport, Kind
from duecourse.connectors.channels.email import Outcome
from duecourse.connectors.channels.sms.hand_over import hand_over
from duecourse.connectors.channels.sms.text import Call, Came, HookRefused, Text
from duecourse.connectors.gateways.errors import EventRefused
from duecourse.connectors.gateways.signed import fresh, mac

KINDS: Final[dict[str, Kind | None]] = {
    "queued": None, "sent": None, "delivered": "delivered", "undelivered": "undelivered", "unknown_number": "bounced",
    "landline": "landline", "stopped": "stopped",
}  # fmt: skip


@dataclass(frozen=True)
class Keyed:
    """`key_hours`: for how long the other side knows a key again. `token` signs callbacks, too."""

    name: str
    url: str
    token: str = field(repr=False)
    sender: str
    key_hours: int = 24
    timeout: float = 20.0

    def send(self, text: Text) -> tuple[Outcome, str]:
        said = {"to": text.to, "from": text.sender, "text": text.words, "callback": text.callback}
        return hand_over(
            self.url,
            json.dumps(said).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}", "Idempotency-Key": text.key},
            timeout=self.timeout,
        )

    def parse_receipt(self, call: Call, *, now: datetime) -> DeliveryReport | None:
        said = self._said(call, now)
        key, status = said.get("key"), said.get("status")
        if not isinstance(key, str) or status not in KINDS:
            raise HookRefused("unreadable")
        kind = KINDS[status]
        return None if kind is None else DeliveryReport(key, kind, str(said.get("code") or status)[:20])

    def parse_inbound(self, call: Call, *, now: datetime) -> Came:
        said = self._said(call, now)
        fields = [said.get(name) for name in ("id", "from", "to", "text")]
        if not all(isinstance(one, str) for one in fields) or not fields[0]:
            raise HookRefused("unreadable")
        return Came(*fields)

    def _said(self, call: Call, now: datetime) -> dict[str, Any]:
        given = call.headers.get("duecourse-signature", "")
        found = re.fullmatch(r"t=(\d{1,11}),v1=([0-9a-f]{64})", given)
        if not found:
            raise HookRefused("missing" if not given else "malformed")
        try:
            fresh(found[1], now=now)
        except EventRefused:
            raise HookRefused("stale") from None
        expected = mac(self.token.encode(), f"{found[1]}.".encode() + call.body)
        if not hmac.compare_digest(expected, bytes.fromhex(found[2])):
            raise HookRefused("signature")
        try:
            said = json.loads(call.body)
        except ValueError:
            raise HookRefused("unreadable") from None
        if not isinstance(said, dict):
            raise HookRefused("unreadable")
        return said
