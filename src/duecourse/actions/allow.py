"""Carry out what a second person decided: the creditor's yes to terms, or a write-off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from duecourse.actions.adjust import write_off
from duecourse.actions.approve import MayNotDecide, decide
from duecourse.actions.arrange import NotAgreed, Speaker, agree, decline
from duecourse.core.money.plans.terms import digest, read
from duecourse.records.cases.arrangements import Arrangement
from duecourse.records.cases.disputes import Approval


def allow(shard: int, approval_id: int, *, granted: bool, by: Speaker, now: datetime) -> Approval:
    """Decide and act, or neither. Raises MayNotDecide, also where the terms have ended; CannotAdjust where more is asked than open."""
    assert by.id is not None, "a second person is on the staff"
    with transaction.atomic():  # a yes that cannot be carried out is no decision: the caller may go on after the error
        found = decide(shard, approval_id, granted=granted, by_id=by.id, by=by.name, now=now)
        if found.act == "arrangement":
            made = Arrangement.objects.get(shard=shard, id=found.subject_id)
            if granted:
                try:
                    agree(shard, made.id, "creditor", by=by, terms_digest=digest(read(made.terms)), now=now)
                except NotAgreed as error:
                    raise MayNotDecide(str(error)) from None
            else:
                decline(shard, made.id, by=by.name, why="Not allowed", now=now)
        elif found.act == "write_off" and granted:
            write_off(found, now=now)
        return found
