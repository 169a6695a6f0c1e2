"""Go live, or back to the sandbox: a row that says who, why and when."""

from __future__ import annotations

from datetime import datetime

from duecourse.records.journal.models import SendingMode


def set_mode(*, live: bool, who: str, why: str, now: datetime) -> None:
    """From the next batch on."""
    SendingMode.objects.create(live=live, who=who, why=why, at=now)
