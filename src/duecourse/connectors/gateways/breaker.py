"""A breaker: a gateway that failed several times in a row is left alone for a while, then tried once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

TRIES = 3
REST = timedelta(seconds=60)


@dataclass
class Breaker:
    """`closed` lets calls through, `open` does not, `trying` lets one through to see.

    >>> from datetime import UTC
    >>> at, breaker = datetime(2026, 1, 1, tzinfo=UTC), Breaker()
    >>> for _ in range(TRIES):
    ...     breaker.failed(at)
    >>> breaker.state(at), breaker.lets_through(at)
    ('open', False)
    >>> breaker.state(at + REST), breaker.lets_through(at + REST), breaker.lets_through(at + REST)
    ('trying', True, False)
    """

    failures: int = 0
    rests_until: datetime | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def state(self, now: datetime) -> str:
        if self.rests_until is None:
            return "closed"
        return "open" if now < self.rests_until else "trying"

    def lets_through(self, now: datetime) -> bool:
        """Whether a call may be made now. When trying, one caller is let through and the rest wait for its result."""
        with self._lock:
            state = self.state(now)
            if state == "trying":
                self.rests_until = now + REST
            return state != "open"

    def worked(self) -> None:
        with self._lock:
            self.failures, self.rests_until = 0, None

    def failed(self, now: datetime) -> None:
        with self._lock:
            self.failures += 1
            if self.failures >= TRIES:
                self.rests_until = now + REST
