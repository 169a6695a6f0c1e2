"""Where a page of a list ended, in an address: opaque, and forgiving of what it cannot read."""

from __future__ import annotations

import base64
import json
from typing import Any


def pack(*key: Any) -> str:
    """
    >>> unpack(pack(3, "2026-11-24T09:00:00+00:00", 7))
    [3, '2026-11-24T09:00:00+00:00', 7]
    """
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def unpack(text: str) -> list[Any] | None:
    """None for anything that is not ours: the list then starts at its beginning.

    >>> unpack("nonsense"), unpack("")
    (None, None)
    """
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    return found if isinstance(found, list) else None
