"""The second person's answer to a wish to set house rules aside. Whoever asked never answers: the database refuses it too."""

from __future__ import annotations

from datetime import datetime

from duecourse.actions.ask_override import NoOverride
from duecourse.records.law.models import RuleOverride


def decide_override(
    shard: int, override_id: int, *, granted: bool, by_id: int, by: str, now: datetime
) -> RuleOverride | None:
    """The wish with its answer; None where there is none that waits. Raises NoOverride for the person who asked."""
    wish = RuleOverride.objects.select_for_update().filter(shard=shard, id=override_id, decided_at__isnull=True).first()
    if wish is None or wish.until_at <= now:
        return None
    if wish.asked_by_id == by_id:
        raise NoOverride("A second person answers this. You asked for it yourself.")
    wish.granted, wish.decided_by_id, wish.decided_by, wish.decided_at = granted, by_id, by, now
    wish.save(update_fields=["granted", "decided_by_id", "decided_by", "decided_at"])
    return wish
