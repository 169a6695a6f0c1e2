"""What can go wrong between us and a gateway. The class says what a caller may do next."""

from __future__ import annotations


class GatewayError(Exception):
    """A gateway could not be used. The text names no person and no debt."""


class Unreachable(GatewayError):
    """The request certainly did nothing: no connection, or turned away at the door. Another gateway may be tried."""


class Unsure(GatewayError):
    """The request may have been carried out: time ran out, the answer was lost, or the gateway broke.

    Ask, or repeat with the same key.
    """


class Refused(GatewayError):
    """The gateway understood and said no. `code` is its own word for why, such as `card_declined`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The gateway refused: {code}")
        self.code = code


class EventRefused(GatewayError):
    """A webhook that cannot be trusted. `reason` is missing, malformed, stale, signature or unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The event was not accepted: {reason}")
        self.reason = reason
