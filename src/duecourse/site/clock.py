"""Now, read in one place and handed on as an argument. `DUECOURSE_NOW` sets it for a rehearsal."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    rehearsal = os.environ.get("DUECOURSE_NOW")
    if rehearsal:
        return datetime.fromisoformat(rehearsal).astimezone(UTC)
    return datetime.now(UTC)
