"""Cases that a changed comparison, count or scope would break, found by `tools/mutants.py`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.core.law.three.case import CAPITAL, Triple, days, log
from tests.core.law.world import WEDNESDAY, ask, facts

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("debts", "held"),
    [
        ({"debt": [1], "real_estate_secured": [True]}, False),
        ({"debt": [1], "direct_car_loan": [True]}, False),
        ({"debt": [1], "direct_car_loan": [False]}, True),
        ({"debt": [2], "direct_car_loan": [True]}, True),
    ],
)
def test_the_capital_spares_mortgages_and_direct_car_loans(debts: dict[str, list[object]], held: bool) -> None:
    calls = Triple("US-DC-4IN7", CAPITAL, {"log": log(*days(4, 5, 8, 9)), "facts:debts": debts}, {}, {}, {}).answers({})
    texts = Triple("US-DC-ECOMM", CAPITAL, {"channel": "sms", "facts:debts": debts}, {}, {}, {}).answers({})
    assert ("US-DC-4IN7" in calls["defer"], "US-DC-ECOMM" in texts["block"]) == (held, held)


def blocked_by(rule: str, known: dict[str, Any], **act: Any) -> bool:
    """Whether the rule holds an act of this Wednesday, eleven in the morning in London."""
    answer = ask(known=facts(**known), **act)
    return any(said["id"] == rule and said["outcome"] == "block" for said in answer["rules"])


@pytest.mark.parametrize(
    ("of", "told_at", "held"),
    [
        (None, WEDNESDAY - MOMENT, False),
        (1, WEDNESDAY, False),  # told at this very moment
        (1, WEDNESDAY + MOMENT, True),
        (2, WEDNESDAY - MOMENT, True),  # told of another debt
    ],
)
def test_a_last_resort_notice_is_of_this_debt_or_of_all_and_was_given(of: int | None, told_at: Any, held: bool) -> None:
    notice = {"kind": ["last_resort"], "debt": [of], "at": [told_at], "on": [date(2026, 6, 1)]}
    act = {"action": "place_for_collection", "channel": "portfolio", "debts": [1]}
    assert blocked_by("HOUSE-LAST-RESORT", {"notices": notice}, **act) is held


@pytest.mark.parametrize(
    ("starts", "held"),
    [(date(2026, 6, 10), True), (date(2026, 6, 11), False), (date(2026, 4, 11), True), (date(2026, 4, 10), False)],
)
def test_a_breathing_space_holds_from_its_first_day_to_its_sixtieth(starts: date, held: bool) -> None:
    space = {"kind": ["standard"], "starts_on": [starts], "at": [WEDNESDAY - timedelta(days=70)]}
    assert blocked_by("UK-BREATHING-SPACE", {"breathing_spaces": space}, business=False, debts=[1]) is held
