"""The best menu by trying every one: for small cases, to say how far the quick choice is from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from duecourse.core.money.offers.menu import LEAST, MOST, PLANS
from duecourse.core.money.offers.worth import NOTHING

Option = Mapping[str, Any]


def menu_value(options: Sequence[Option]) -> float:
    """What a menu is worth to the creditor: each option by how often it is chosen, beside agreeing to nothing."""
    weights = sum(one["weight"] for one in options) + NOTHING
    worth = sum(one["weight"] * one["value"] for one in options) + NOTHING * options[0]["nothing"]
    return float(worth / weights)


def best(found: Sequence[Option]) -> tuple[Option, ...]:
    """The menu of greatest value among all that keep the rules of `menu`: the lightest plan, two plans at most, no way twice."""
    lightest = min(
        found, key=lambda o: (o["every"] != "inflows", o["needless"], o["family"] != "plan", o["monthly"], o["rank"])
    )
    standing = [one for one in found if one["way"] == "early_discount" and one["rank"] != lightest["rank"]]
    fixed = (lightest, *standing[:1])
    others = [one for one in found if one["rank"] not in {each["rank"] for each in fixed}]
    rest = [one for one in others if not one["needless"]]
    if not any(_may((*fixed, one)) for one in rest):
        rest = sorted(others, key=lambda o: (o["monthly"], o["rank"]))
        rest = [one for one in rest if _may((*fixed, one))][: LEAST - len(fixed)]
    sizes = range(max(0, LEAST - len(fixed)), MOST - len(fixed) + 1)
    menus = [(*fixed, *more) for size in sizes for more in combinations(rest, size) if _may((*fixed, *more))]
    return max(menus or [fixed], key=menu_value)


def _may(options: Sequence[Option]) -> bool:
    count = Counter(one["family"] for one in options)
    return all(n <= (PLANS if family == "plan" else 1) for family, n in count.items())
