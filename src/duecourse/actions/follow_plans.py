"""Carry out what following the plans found: a word before each instalment, a check-in and new choices after a miss, a kind end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from duecourse.actions.adjust import Change, adjust, thank
from duecourse.actions.arrange import locked, release
from duecourse.actions.offer_policy import policy_of
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.say import say
from duecourse.core.decide.follow import follow
from duecourse.core.facts.book import Book
from duecourse.core.money.offers.policy import scale
from duecourse.core.money.plans.terms import Way
from duecourse.records.ledger.models import Debt
from duecourse.records.reads.plans import Standing

PLANS = "following the plan"
TITLES = {
    "check_in": "A payment of a plan was missed: see how they are, and offer another plan",
    "person": "A plan is still behind after our check-in: a person decides what is next",
    "review": "A smaller payment or breathing space has run out: look at it with them",
}
_PURPOSE = {"remind": "plan_reminder", "check_in": "plan_check_in"}


def follow_plans(book: Book, *, now: datetime) -> Counter[str]:
    """Act on today's notices in the running transaction, each once; returns how many of each were new."""
    done: Counter[str] = Counter()
    for row in follow(book).iter_rows(named=True):
        who = (row["shard"], row["creditor"], row["customer"])
        kind = row["notice"]
        if kind == "done":
            done[kind] += finish(row["shard"], row["arrangement"], now=now)
        if kind == "lapse":
            done[kind] += _lapse(row["shard"], row["arrangement"], now=now)
        if kind in _PURPOSE:
            done[kind] += _say(row, kind, now)
        if kind in TITLES:
            key = f"plan:{row['arrangement']}:{row['number']}:{kind}"
            open_tasks([NewTask(*who, f"plan_{kind}", TITLES[kind], key)], now=now)
            done[f"task:{kind}"] += 1
    return done


def _say(row: Mapping[str, Any], kind: str, now: datetime) -> bool:
    return say(
        (row["shard"], row["creditor"], row["customer"]), _PURPOSE[kind], kind,
        {"debts": row["debts"], "arrangement": row["arrangement"], "number": row["number"], "amount_minor": row["owed"],
         "currency": row["currency"], "due_date": row["due"].isoformat()},
        key=f"plan:{row['arrangement']}:{row['number']}:{kind}", now=now,
    )  # fmt: skip


def _lapse(shard: int, arrangement_id: int, *, now: datetime) -> bool:
    found = locked(shard, arrangement_id)
    if found is None or found.outcome:
        return False
    release(found, "stopped", "The day for the early discount has passed", PLANS, now=now)
    return True


def finish(shard: int, arrangement_id: int, *, now: datetime) -> bool:
    """A kept arrangement ends: what was to be let go is let go, a kept plan may earn a credit, and the customer is thanked.

    False where it is not kept by what the ledger says now, or ended before.
    """
    found = locked(shard, arrangement_id)
    if found is None or found.outcome or not found.debts:
        return False
    if found.open_minor > found.forgiven and not _settled(found):
        return False
    _let_go(found, now=now)
    release(found, "kept", "Everything was paid", PLANS, now=now)
    who = (found.shard, found.creditor_id, found.customer_id)
    loyalty = policy_of(found.creditor_id).raw["loyalty"]["credit"]
    if loyalty and found.kind in (Way.PLAN, Way.CONSOLIDATION, Way.REDUCTION) and len(found.plan) > 1:
        minor = scale(loyalty, found.currency)
        if minor:
            thank(
                who,
                minor,
                found.currency,
                key=f"loyalty:plan:{found.id}",
                why="Thanks for a plan that was kept",
                now=now,
            )
    say(who, "plan_done", found.kind, {"debts": list(found.debts), "arrangement": found.id, "currency": found.currency},
        key=f"plan:{found.id}:done", now=now)  # fmt: skip
    return True


def _settled(found: Standing) -> bool:
    """Paid in full though something else, such as a later fee, is open: that is not the plan's."""
    return found.paid_minor >= found.total_minor


def _let_go(found: Standing, *, now: datetime) -> None:
    """The rest of a settlement or early discount, debt by debt, never more than is open."""
    left = found.forgiven
    kind = "discount" if found.kind == Way.EARLY_DISCOUNT else "settlement"
    for debt in Debt.objects.filter(shard=found.shard, id__in=found.debts, open_minor__gt=0).order_by("due_date", "id"):
        part = min(left, debt.open_minor)
        if part > 0:
            change = Change(kind, part, f"{kind}:{found.id}:{debt.id}", "As agreed, the rest is let go")
            adjust(found.shard, debt.id, change, by=PLANS, now=now)
            left -= part
