"""Ask to set house rules aside for one act toward one customer. A second person answers; the law is never asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from duecourse.actions.pass_gate import ACTS
from duecourse.core.law.gate import Rulebook
from duecourse.core.law.overriding import why_not
from duecourse.records.law.models import RuleOverride

LIFE: Final = timedelta(hours=24)
"""Asked for and not used within it, it is void: the facts will have changed."""
SHORTEST_REASON: Final = 10


class NoOverride(ValueError):
    """The rule stands; the message says why."""


@dataclass(frozen=True)
class Wish:
    """`rules` are the ids of all rules that hold the act."""

    shard: int
    creditor_id: int
    customer_id: int
    act: str
    rules: Sequence[str]
    reason: str
    asked_by_id: int
    asked_by: str


def ask_override(wish: Wish, *, rules: Rulebook, now: datetime) -> RuleOverride:
    """A request that waits for a second person. Raises NoOverride."""
    if wish.act not in ACTS:
        raise NoOverride(f"{wish.act} is not an act that the gate knows.")
    if not wish.rules:
        raise NoOverride("Name the rules that hold it.")
    for rule in wish.rules:
        if standing := why_not(rule, rules):
            raise NoOverride(f"{rule} stands. {standing}")
    if len(wish.reason.strip()) < SHORTEST_REASON:
        raise NoOverride("Say why, in a few words: a second person reads it.")
    return RuleOverride.objects.create(
        shard=wish.shard,
        creditor_id=wish.creditor_id,
        customer_id=wish.customer_id,
        act=wish.act,
        rules=sorted(set(wish.rules)),
        reason=wish.reason.strip(),
        asked_by_id=wish.asked_by_id,
        asked_by=wish.asked_by,
        asked_at=now,
        until_at=now + LIFE,
    )
