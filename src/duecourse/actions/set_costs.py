"""What collecting costs a creditor, and what a customer is worth: edited by a person, every version kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from duecourse.actions.offer_policy import policy_of, set_policy
from duecourse.core.measure.service import COSTS
from duecourse.core.money.offers.policy import BadPolicy
from duecourse.records.cases.arrangements import OfferPolicy
from duecourse.records.insight.foresight import CostSheet

MOST = 10_000_000


class BadCosts(ValueError):
    """`field` names what is wrong; the message says what to write."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def costs_of(creditor: int) -> dict[str, int]:
    """The sheet in force, for two decimals; the product's own where nothing was set."""
    newest = CostSheet.objects.filter(creditor_id=creditor).order_by("-id").values_list("costs", flat=True).first()
    return {**COSTS, **(newest or {})}


def worth_of(creditor: int) -> tuple[int, int]:
    """(times, keeping cost) of the offer policy in force: winning a customer costs so many times what keeping one does."""
    worth = policy_of(creditor).raw["worth"]
    return int(worth["times"]), int(worth["keeping_cost"])


def set_costs(creditor: int, costs: Mapping[str, int], *, by: str, now: datetime) -> None:
    """Put another sheet in force. Raises BadCosts."""
    for name in COSTS:
        if not 0 <= costs.get(name, -1) <= MOST:
            raise BadCosts(name, "Enter an amount of zero or more, such as 1.30")
    CostSheet.objects.create(creditor_id=creditor, costs={name: costs[name] for name in COSTS}, set_by=by, at=now)


def set_worth(creditor: int, *, times: int, keeping_cost: int, by: str, now: datetime) -> None:
    """Put a policy with these two numbers in force, all else as it was: offers and escalation read it. Raises BadCosts."""
    if not 1 <= times <= 100:
        raise BadCosts("times", "Enter a whole number from 1 to 100, such as 5")
    if not 0 <= keeping_cost <= MOST:
        raise BadCosts("keeping_cost", "Enter an amount of zero or more, such as 40.00")
    text = OfferPolicy.objects.filter(creditor_id=creditor).order_by("-id").values_list("text", flat=True).first()
    text = text or (files("duecourse.core.money.offers") / "default.toml").read_text(encoding="utf-8")
    for name, value in (("times", times), ("keeping_cost", keeping_cost)):
        text, found = re.subn(rf"(?m)^{name}\s*=\s*\d+", f"{name} = {value}", text, count=1)
        if not found:
            raise BadCosts(name, "The offer policy has its own form. Change this number in its text")
    try:
        set_policy(creditor, text, by=by, now=now)
    except BadPolicy as error:
        raise BadCosts("times", str(error)) from error
