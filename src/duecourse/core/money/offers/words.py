"""What an option means, for the customer and for the creditor: one sentence each, from its figures. Amounts come formatted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Say = Callable[[int], str]
"""Minor units → an amount as people read it."""
_OFTEN = {
    "month": "a month",
    "payday": "each payday",
    "fortnight": "every two weeks",
    "week": "a week",
    "inflows": "at a time",
}


def name(option: Mapping[str, Any]) -> str:
    """A heading.

    >>> name({"way": "plan", "count": 6, "every": "month"}), name({"way": "extension", "count": 1, "every": "once"})
    ('6 monthly payments', 'All of it, later')
    """
    count = option["count"]
    if option["way"] == "reduction":
        return "Nothing for now" if not option["monthly"] else "Less for a while"
    if option["way"] in ("plan", "consolidation"):
        how = {"month": "monthly ", "week": "weekly ", "fortnight": "fortnightly ", "payday": "payday "}
        one = f"{count} {how.get(option['every'], '')}payments"
        return f"{one} for everything" if option["way"] == "consolidation" else one
    return {
        "extension": "All of it, later",
        "settlement": "Part of it, once",
        "early_discount": "A little less, early",
    }[option["way"]]


def for_customer(option: Mapping[str, Any], say: Say, day: Callable[[Any], str]) -> tuple[str, ...]:
    """What it means for the customer, in short sentences."""
    each, first, last = say(option["each"]), day(option["first"]), day(option["last"])
    if option["way"] == "reduction":
        head = (
            f"Nothing until {first}. Before that we look again together."
            if not option["monthly"]
            else f"{say(option['reduced_each'])} a month from {first}, {option['reduced']} times. Then we look again together."
        )
    elif option["count"] == 1:
        head = f"{each} by {last}."
    else:
        head = f"{each} {_OFTEN[option['every']]} from {first} to {last}."
    found = [head]
    if option["forgiven"]:
        found.append(f"The other {say(option['forgiven'])} is let go when it is paid on time.")
    else:
        found.append(f"In all {say(option['total'])}: no fees, no interest.")
    if option["burden"] is not None and option["monthly"]:
        left = max(0, 100 - option["burden"])
        found.append(f"It leaves you {left} of every 100 that you have to spare.")
    found.append("No reminders while you keep to it.")
    return tuple(found)


def for_creditor(option: Mapping[str, Any], say: Say, best: int) -> tuple[str, ...]:
    """What it means for the creditor: what may be expected, and against the most of the menu (`best`, minor units)."""
    behind = best - option["value"]
    return (
        f"Kept by about {option['kept'] // 10} of 100.",
        f"Expect {say(option['npv'])} in today's money; {say(option['value'])} with the worth of a customer who stays.",
        "The most of these." if behind <= 0 else f"{say(behind)} less than the most of these.",
    )
