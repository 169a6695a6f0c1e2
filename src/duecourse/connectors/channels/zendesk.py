"""A service desk's calls about tickets, signed as Zendesk signs them; any other system may do the same.

    X-Zendesk-Webhook-Signature: base64(HMAC-SHA256(secret, timestamp + body))
    X-Zendesk-Webhook-Signature-Timestamp: 2026-11-25T10:00:00Z
    {"ticket": {"id": 35, "status": "open", "updated_at": "2026-11-25T09:59:58Z", "type": "question", "tags": [],
                "requester": {"email": "ann@example.org", "external_id": "C00017"}, "outcome": ""}}

Source: developer.zendesk.com/documentation/webhooks/verifying. The body is the one that docs/channels.md has you paste.
"""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from duecourse.connectors.channels.sms.text import Call, HookRefused
from duecourse.connectors.gateways.signed import WINDOW, mac

OPEN: Final = {"new", "open", "pending", "hold"}
CLOSED: Final = {"solved", "closed", "deleted"}


@dataclass(frozen=True, slots=True)
class TicketNews:
    """`who_ref` is our number of the customer, `who_email` an address; `outcome` in words for the customer."""

    id: str
    is_open: bool
    complaint: bool
    updated_at: datetime
    who_ref: str
    who_email: str
    outcome: str


def parse_ticket(call: Call, secret: str, *, now: datetime) -> TicketNews:
    """Raises HookRefused."""
    given = call.headers.get("x-zendesk-webhook-signature", "")
    stamp = call.headers.get("x-zendesk-webhook-signature-timestamp", "")
    if not given or not stamp:
        raise HookRefused("missing")
    expected = base64.b64encode(mac(secret.encode(), stamp.encode() + call.body)).decode()
    if not hmac.compare_digest(expected, given):
        raise HookRefused("signature")
    if abs(now - _instant(stamp)) > WINDOW:
        raise HookRefused("stale")
    return _news(call.body)


def _news(body: bytes) -> TicketNews:
    try:
        ticket: dict[str, Any] = json.loads(body)["ticket"]
        status, who = str(ticket["status"]).lower(), ticket.get("requester") or {}
        news = TicketNews(
            id=str(ticket["id"])[:64],
            is_open=status in OPEN,
            complaint="complaint" in [str(tag).lower() for tag in ticket.get("tags") or []],
            updated_at=_instant(str(ticket["updated_at"])),
            who_ref=str(who.get("external_id") or ""),
            who_email=str(who.get("email") or ""),
            outcome=str(ticket.get("outcome") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise HookRefused("unreadable") from None
    if status not in OPEN | CLOSED or not news.id:
        raise HookRefused("unreadable")
    return news


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise HookRefused("malformed") from None
    if at.tzinfo is None:
        raise HookRefused("malformed")
    return at
