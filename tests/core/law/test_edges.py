"""Cases that a changed comparison, count or scope would break, found by `tools/mutants.py`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.core.law.three.case import CAPITAL, LONDON, OHIO, Triple, days, log
from tests.core.law.three.content import OWED, TRADE
from tests.core.law.world import WEDNESDAY, ask, facts, when

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


@pytest.mark.parametrize(
    ("minor", "fixed", "held"),
    [
        (99_999, 4_000, False),
        (99_999, 4_001, True),
        (100_000, 7_000, False),
        (999_999, 7_001, True),
        (1_000_000, 10_000, False),
    ],
)
def test_the_fixed_sum_goes_by_the_size_of_the_debt(minor: int, fixed: int, held: bool) -> None:
    """Late Payment of Commercial Debts (Interest) Act 1998, s. 5A: 40 pounds below 1,000, 70 below 10,000, then 100."""
    owed = {**OWED, "amount_minor": [minor]}
    trade = TRADE | {"claimed_fixed_minor": fixed, "facts:debts": owed}
    found = Triple("UK-LATE-PAYMENT-1998", LONDON, trade, {}, {}, {}).answers({})
    assert ("UK-LATE-PAYMENT-1998" in found["block"]) is held


@pytest.mark.parametrize(("found_out", "held"), [("2026-06-10T19:00Z", False), ("2026-06-10T19:01Z", True)])
def test_calls_to_a_stranger_count_until_it_is_known(found_out: str, held: bool) -> None:
    calls = log(*days(4, 5, 6, 7, 8, 9, 9), point="p1")
    known = {"log": calls, "points": {"point": ["p1"], "not_theirs_at": [when(found_out)]}, "point": "p2"}
    found = Triple("US-REGF-14b-FREQ", OHIO, known, {}, {}, {}).answers({})
    assert any(rule.startswith("US-REGF-14b") for rule in found["defer"]) is held
