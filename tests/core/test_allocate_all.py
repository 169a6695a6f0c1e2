"""Allocation of many payments at once is the production rule for one, payment by payment."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as some

from duecourse.core.money.allocate import Open, allocate
from duecourse.core.money.allocate_all import allocate_all

OWED = some.lists(some.tuples(some.integers(0, 40), some.integers(1, 900)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(some.integers(1, 3000), OWED), min_size=1, max_size=5))
def test_it_is_the_rule_for_one(payments):
    names = {"payment": pl.Int64, "debt": pl.Int64, "due": pl.Date, "open": pl.Int64}
    rows = [
        (p, p * 10 + d, date(2026, 1, 1) + timedelta(days=day), left)
        for p, (_, owed) in enumerate(payments)
        for d, (day, left) in enumerate(owed)
    ]
    money = pl.DataFrame({"payment": list(range(len(payments))), "amount": [a for a, _ in payments]})
    found = allocate_all(money, pl.DataFrame(rows, schema=names, orient="row")).rows()
    expected = [
        (p, debt, part)
        for p, (amount, _) in enumerate(payments)
        for debt, part in allocate(amount, [Open(d, due, left) for q, d, due, left in rows if q == p]).parts
    ]
    assert found == expected
