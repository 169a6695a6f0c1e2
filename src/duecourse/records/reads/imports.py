"""Files that were brought lately."""

from __future__ import annotations

from duecourse.records.journal.models import ImportFile


def lately(limit: int = 20) -> list[ImportFile]:
    """The newest files of the creditors in scope."""
    return list(ImportFile.objects.order_by("-id").defer("summary")[:limit])
