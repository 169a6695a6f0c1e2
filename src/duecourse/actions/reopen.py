"""Debts that open again begin their clock anew: nobody goes from "settled" straight to a late-stage letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F
from django.db.models.functions import Greatest

from duecourse.records.ledger.models import Debt


def restart(shard: int, debts: Iterable[int], *, due: date) -> int:
    """Open debts fall due on `due` at the earliest, and their reminders start at the first step; returns how many."""
    return Debt.objects.filter(shard=shard, id__in=list(debts), open_minor__gt=0).update(
        round=F("round") + 1, due_date=Greatest(F("due_date"), due)
    )
