"""Vonage's Messages API: JSON POST, Basic auth; callbacks signed with a JWT (HS256) that holds the body's SHA-256.

Sources: developer.vonage.com/en/api/messages-olympus, /en/getting-started/concepts/webhooks#decoding-signed-webhooks.
No key is honoured; `client_ref` comes back in every status, so that a lost answer is settled by its status.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from duecourse.connectors.channels.delivery_report import DeliveryReport
from duecourse.connectors.channels.email import Outcome
from duecourse.connectors.channels.sms.hand_over import hand_over
from duecourse.connectors.channels.sms.jwt import verified
from duecourse.connectors.channels.sms.text import Call, Came, HookRefused, Text

_LANDLINE: Final = {"1180"}
_NO_SUCH: Final = {"1070", "1260", "1330"}
_STOPPED: Final = {"1210", "1250"}
_UNCHANGED: Final = {"submitted", "accepted", "sent"}


@dataclass(frozen=True)
class Vonage:
    """`signature_secret` signs callbacks; `sender` a number of ours or an alphanumeric sender."""

    name: str
    api_key: str
    api_secret: str = field(repr=False)
    signature_secret: str = field(repr=False)
    sender: str
    url: str = "https://api.nexmo.com"
    timeout: float = 20.0
    key_hours: int = field(default=0, init=False)

    def send(self, text: Text) -> tuple[Outcome, str]:
        said: dict[str, Any] = {
            "message_type": "text",
            "channel": "sms",
            "to": text.to.lstrip("+"),
            "from": text.sender.lstrip("+"),
            "text": text.words,
            "client_ref": text.key,
        }
        if text.callback:
            said["webhook_url"] = text.callback
        basic = base64.b64encode(f"{self.api_key}:{self.api_secret}".encode()).decode()
        return hand_over(
            f"{self.url}/v1/messages",
            json.dumps(said).encode(),
            {"Content-Type": "application/json", "Authorization": f"Basic {basic}"},
            timeout=self.timeout,
        )

    def parse_receipt(self, call: Call, *, now: datetime) -> DeliveryReport | None:
        said = self._said(call, now)
        key, status = said.get("client_ref"), said.get("status")
        if not isinstance(key, str) or not isinstance(status, str):
            raise HookRefused("unreadable")
        if status in ("delivered", "read"):
            return DeliveryReport(key, "delivered", status)
        if status in _UNCHANGED:
            return None
        error = said.get("error")
        code = str(error.get("type", "")).rpartition("#")[2] if isinstance(error, dict) else ""
        kind = (
            "landline"
            if code in _LANDLINE
            else "bounced"
            if code in _NO_SUCH
            else "stopped"
            if code in _STOPPED
            else "undelivered"
        )
        return DeliveryReport(key, kind, code or status[:20])  # type: ignore[arg-type]

    def parse_inbound(self, call: Call, *, now: datetime) -> Came:
        said = self._said(call, now)
        words, id_, sender = (said.get(name) for name in ("text", "message_uuid", "from"))
        if not isinstance(id_, str) or not isinstance(sender, str) or not re.fullmatch(r"\+?\d{5,15}", sender):
            raise HookRefused("unreadable")
        return Came(id_, f"+{sender.lstrip('+')}", str(said.get("to", "")), words if isinstance(words, str) else "")

    def _said(self, call: Call, now: datetime) -> dict[str, Any]:
        verified(call, self.signature_secret.encode(), now=now)
        try:
            said = json.loads(call.body)
        except ValueError:
            raise HookRefused("unreadable") from None
        if not isinstance(said, dict):
            raise HookRefused("unreadable")
        return said
