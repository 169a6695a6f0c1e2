"""Carry out what a second person decided: the creditor's yes to terms, or a write-off."""

from __future__ import annotations

from datetime import datetime

from duecourse.actions.adjust import write_off
from duecourse.actions.approve import decide
from duecourse.actions.arrange import Speaker, agree, decline
from duecourse.core.money.plans.terms import digest, read
from duecourse.records.cases.arrangements import Arrangement
from duecourse.records.cases.disputes import Approval


def allow(shard: int, approval_id: int, *, granted: bool, by: Speaker, now: datetime) -> Approval:
    """Decide and act in one transaction. Raises MayNotDecide; CannotAdjust where it no longer fits."""
    assert by.id is not None, "a second person is on the staff"
    found = decide(shard, approval_id, granted=granted, by_id=by.id, by=by.name, now=now)
    if found.act == "arrangement":
        made = Arrangement.objects.get(shard=shard, id=found.subject_id)
        if granted:
            agree(shard, made.id, "creditor", by=by, terms_digest=digest(read(made.terms)), now=now)
        else:
            decline(shard, made.id, by=by.name, why="Not allowed", now=now)
    elif found.act == "write_off" and granted:
        write_off(found, now=now)
    return found
