"""Receipts by week: currencies apart, the whole of what is open in the end, and the error against what came."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.receipts import receipts, receipts_error
from duecourse.core.predict.waiting import still_open

TODAY = date(2026, 3, 2)


def _told(due, amounts, currency, customer, weeks, middle=0.0):
    size = len(due)
    forecast = Forecast(*(np.full(size, n) for n in (middle - 3.0, middle, middle + 4.0, 0.4)))
    overdue = np.array([(TODAY - d).days for d in due], dtype=float)
    return receipts(
        still_open(forecast, overdue), due, np.array(amounts, dtype=float), pl.Series(currency), pl.Series(customer),
        today=TODAY, weeks=weeks,
    )  # fmt: skip


def test_in_the_end_all_comes_in_each_currency_by_itself():
    due = [TODAY + timedelta(days=n) for n in (3, 10, 20)]
    told = _told(due, [1000, 2000, 700], ["GBP", "GBP", "EUR"], ["a", "b", "a"], 20)
    sums = dict(told.group_by("currency").agg(pl.col("expected").sum()).iter_rows())
    assert sums["GBP"] == pytest.approx(3000, abs=30)
    assert sums["EUR"] == pytest.approx(700, abs=10)


def test_the_week_of_the_due_date_takes_the_most():
    told = _told([TODAY + timedelta(days=10)], [1000], ["GBP"], ["a"], 4)
    assert told["expected"].arg_max() == 1
    assert told["week"].to_list() == [TODAY + timedelta(days=7 * n) for n in range(4)]


def test_the_band_is_wider_where_one_customer_owes_all():
    due = [TODAY + timedelta(days=10)] * 50
    one = _told(due, [100] * 50, ["GBP"] * 50, ["a"] * 50, 2)
    many = _told(due, [100] * 50, ["GBP"] * 50, [str(n) for n in range(50)], 2)
    width = lambda frame: int((frame["high"] - frame["low"])[1])  # noqa: E731
    assert width(one) > 3 * width(many)


def test_the_band_holds_about_eight_in_ten_weeks():
    rng = np.random.default_rng(0)
    inside = []
    for _ in range(60):
        due = [TODAY + timedelta(days=int(n)) for n in rng.integers(1, 40, 80)]
        amounts = rng.integers(100, 10_000, 80)
        told = _told(due, amounts, ["GBP"] * 80, [str(n) for n in range(80)], 5)
        paid = np.array([(d - TODAY).days for d in due]) + np.rint(rng.normal(0.4, 2.7, 80))
        came = pl.DataFrame({"week": [TODAY + timedelta(days=7 * int(p // 7)) for p in np.maximum(paid, 0)],
                             "amount": amounts}).group_by("week").agg(pl.col("amount").sum())  # fmt: skip
        error = receipts_error(told, came.with_columns(currency=pl.lit("GBP")))
        assert error["error"][0] < 0.4
        inside.append(error["inside"][0])
    assert 0.7 <= np.mean(inside) <= 0.9


def test_the_error_by_hand():
    told = pl.DataFrame(
        {
            "currency": "GBP",
            "week": [TODAY, TODAY + timedelta(days=7)],
            "expected": [100, 50],
            "low": [80, 10],
            "high": [120, 90],
        }
    )
    came = pl.DataFrame({"currency": ["GBP"], "week": [TODAY], "amount": [125]})
    assert receipts_error(told, came).rows() == [("GBP", 2, (25 + 50) / 125, 0.0)]
    nothing = came.clear()
    assert receipts_error(told, nothing)["error"].to_list() == [None]
