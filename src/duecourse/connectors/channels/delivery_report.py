"""Delivery reports that mail servers send back (RFC 3464): which message, and what became of it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

MOST_BYTES = 5 * 1024 * 1024
Kind = Literal["delivered", "bounced", "delayed", "undelivered", "landline", "stopped", "complained"]
"""bounced: the address takes nothing for good; undelivered: not this time; landline: calls, but no texts; stopped: they told
the provider so; complained: they called it unwanted."""
KINDS: dict[str, Kind] = {
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
    "failed": "bounced",
    "delayed": "delayed",
}


@dataclass(frozen=True)
class DeliveryReport:
    """`message_id` is ours, with its brackets; `status` is the enhanced code (5.1.1), never the server's free text."""

    message_id: str
    kind: Kind
    status: str


class NotAReport(ValueError):
    """The mail is not a delivery report about a message of ours; says why."""


def parse(content: bytes) -> DeliveryReport:
    """Raises NotAReport."""
    if len(content) > MOST_BYTES:
        raise NotAReport("the mail is larger than a report can be")
    message = email.message_from_bytes(content, policy=email.policy.default)
    if message.get_content_type() != "multipart/report":
        raise NotAReport("it is an ordinary mail, not a delivery report")
    if _part(message, "message/feedback-report") is not None:
        return _complaint(message)
    status = _part(message, "message/delivery-status")
    original = _part(message, "message/rfc822") or _part(message, "text/rfc822-headers")
    if status is None or original is None:
        raise NotAReport("the report does not say which message it is about")
    action, code = _recipient(status)
    message_id = _message_id(original)
    if action not in KINDS or not message_id:
        raise NotAReport("the report does not say which message it is about, or what became of it")
    return DeliveryReport(message_id, KINDS[action], code)


def _complaint(message: EmailMessage) -> DeliveryReport:
    """A reader pressed "this is junk", and their provider tells us (RFC 5965)."""
    original = _part(message, "message/rfc822") or _part(message, "text/rfc822-headers")
    message_id = _message_id(original) if original is not None else ""
    if not message_id:
        raise NotAReport("the complaint does not say which message it is about")
    return DeliveryReport(message_id, "complained", "abuse")


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    return next((part for part in message.walk() if part.get_content_type() == kind), None)


def _recipient(status: EmailMessage) -> tuple[str, str]:
    """Action and status of the one recipient; the first group of fields is about the server."""
    for group in status.get_payload():
        if group.get("Action"):
            return str(group["Action"]).strip().lower(), str(group.get("Status", "")).strip()[:10]
    return "", ""


def _message_id(original: EmailMessage) -> str:
    if original.get_content_type() == "message/rfc822":
        inner = original.get_payload()
        return str(inner[0].get("Message-ID", "")).strip() if inner else ""
    headers = email.message_from_string(original.get_content(), policy=email.policy.default)
    return str(headers.get("Message-ID", "")).strip()
