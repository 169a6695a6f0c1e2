"""Whether messages leave this machine."""

from __future__ import annotations

from duecourse.records.journal.models import SendingMode


def is_live() -> bool:
    """True only after somebody went live on purpose; a fresh installation is in the sandbox."""
    newest = SendingMode.objects.order_by("-id").values_list("live", flat=True).first()
    return bool(newest)
