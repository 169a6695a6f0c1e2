"""Cases that a changed comparison, count or scope would break, found by `tools/mutants.py`."""

from __future__ import annotations

import pytest

from tests.core.law.three.case import CAPITAL, Triple, days, log


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
