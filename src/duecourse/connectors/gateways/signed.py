"""What every signed webhook shares: a secret, a time window, and a comparison that leaks nothing."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from duecourse.connectors.gateways.errors import EventRefused

WINDOW = timedelta(minutes=5)
MOST_BYTES = 256 * 1024


def header(headers: Mapping[str, str], name: str) -> str:
    """A header by name, whatever its case. Raises EventRefused when it is missing."""
    for key, value in headers.items():
        if key.lower() == name:
            return value
    raise EventRefused("missing")


def fresh(seconds: str, *, now: datetime) -> datetime:
    """The instant of a Unix timestamp, if it is within five minutes of `now` on either side.

    >>> fresh("1767225600", now=datetime(2026, 1, 1, 0, 4, tzinfo=UTC)).isoformat()
    '2026-01-01T00:00:00+00:00'
    >>> fresh("1767225600", now=datetime(2026, 1, 1, 0, 6, tzinfo=UTC))
    Traceback (most recent call last):
    duecourse.connectors.gateways.errors.EventRefused: The event was not accepted: stale
    """
    # Only plain ASCII digits: int() would also take "+1", "1_0", spaces and other scripts' digits.
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):
        raise EventRefused("malformed")
    at = datetime.fromtimestamp(int(seconds), UTC)
    if abs(now - at) > WINDOW:
        raise EventRefused("stale")
    return at


def mac(secret: bytes, content: bytes) -> bytes:
    """HMAC-SHA256. No other algorithm is known here, so none can be swapped in."""
    return hmac.new(secret, content, hashlib.sha256).digest()


def signed_by_any(secrets: Iterable[bytes], content: bytes, signatures: Iterable[bytes]) -> bool:
    """Whether one of the secrets made one of the signatures. Several secrets hold while one is being replaced."""
    given = list(signatures)
    return any(hmac.compare_digest(mac(secret, content), one) for secret in secrets for one in given)
