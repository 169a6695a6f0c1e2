"""The one shape of every gateway: `charge`, `ask`, `cancel`, `refund`, `parse_event`.

Money is integer minor units of the ISO 4217 currency. Card data never passes through here: a payer is sent to the
gateway's own page. Errors are those of `errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from duecourse.core.money.payment import Kind

__all__ = ["Charge", "Event", "Gateway", "Kind", "Started"]


@dataclass(frozen=True, slots=True)
class Charge:
    """A payment to start. `description` is read on statements and must name no debt."""

    amount_minor: int
    currency: str
    key: str  # idempotency: the same key starts one payment only
    reference: str  # ours; comes back in every event
    return_url: str
    payee: str
    description: str


@dataclass(frozen=True, slots=True)
class Started:
    """A payment that exists at the gateway. The payer goes to `redirect_url`, where there is one."""

    gateway_ref: str
    redirect_url: str | None
    state: Kind


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a gateway said. `part_ref` names the refund or dispute it is about, where it is about one."""

    id: str  # the same thing said twice has the same id
    kind: Kind
    gateway_ref: str
    amount_minor: int | None
    currency: str
    at: datetime
    reference: str = ""
    part_ref: str = ""
    said: str = ""  # the gateway's own word for the kind


class Gateway(Protocol):
    """A provider that takes payments."""

    name: str

    def charge(self, charge: Charge) -> Started:
        """Start a payment. Raises Unreachable, Unsure or Refused."""

    def ask(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        """All that the gateway holds about a payment now, as events; the first is the payment's own state."""

    def cancel(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        """Close a payment that nobody has paid, then answer as `ask` does. One that was paid stays paid."""

    def refund(self, gateway_ref: str, *, amount_minor: int, currency: str, key: str, now: datetime) -> Event:
        """Give money back. The same key refunds once."""

    def parse_event(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Event:
        """Check the signature over the very bytes that came, at most five minutes old. Raises EventRefused."""
