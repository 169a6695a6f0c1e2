"""A text on its way out, and what a provider says of it later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from duecourse.connectors.channels.delivery_report import DeliveryReport
from duecourse.connectors.channels.email import Outcome

MOST_SEGMENTS = 6
"""A longer text is a letter: it is not sent."""


@dataclass(frozen=True, slots=True)
class Text:
    """`to` is E.164; `sender` what the phone shows; `key` names the message for good: it comes back in every receipt."""

    key: str
    to: str
    sender: str
    words: str
    callback: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A text that a person wrote to us. `id` is the provider's own."""

    id: str
    sender: str
    recipient: str
    words: str


@dataclass(frozen=True)
class Call:
    """A call of a provider as it came: `url` as the provider was told it, query and all; header names in small letters."""

    url: str
    headers: dict[str, str]
    body: bytes


class Provider(Protocol):
    """One provider. `key_hours`: for how long it knows a key again and sends nothing twice; 0: it honours none."""

    name: str
    sender: str
    key_hours: int

    def send(self, text: Text) -> tuple[Outcome, str]:
        """Hand over; what is known then, and the provider's own code. Raises ServerDown."""

    def parse_receipt(self, call: Call, *, now: datetime) -> DeliveryReport | None:
        """A status; None where it says nothing new. Raises HookRefused."""

    def parse_inbound(self, call: Call, *, now: datetime) -> Came:
        """A text that came in. Raises HookRefused."""


class HookRefused(ValueError):
    """A call that cannot be trusted or read. `reason` is missing, signature, stale, malformed or unreadable."""

    def __init__(self, reason: Literal["missing", "signature", "stale", "malformed", "unreadable", "replay"]) -> None:
        super().__init__(reason)
        self.reason = reason
