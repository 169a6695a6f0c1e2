"""The figures on real payments: splits by date, each invoice asked with what was known then."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from duecourse.core.predict.evaluate import evaluate
from duecourse.core.predict.invoices import Invoices, day_number
from tests.core.predict.real import HIGHRADIUS, IBM, RTFM, beside, fines, highradius, ibm

pytestmark = pytest.mark.timeout(600)


@beside(IBM)
@pytest.mark.parametrize("known_days", [0, 30])
def test_ibm(known_days):
    """As of the invoice date (30 days before due) the customer's median is off by 6.21 days."""
    found = evaluate(Invoices.of(ibm()), split=day_number(date(2013, 7, 12)), known_days=known_days).report
    assert found["n"] == 593
    assert found["mae"] <= 5.8
    assert found["auc_late"] >= 0.86
    if known_days == 30:
        assert found["customer_as_of_median"]["mae"] == pytest.approx(6.216, abs=0.01)


@beside(HIGHRADIUS)
def test_highradius_on_rolling_splits():
    """Each judged on two months that had time to be paid before the sample ends, save the last.

    The share of payments inside the 80 % band is promised of all three together; two months alone swing a little more.
    """
    inside = asked = 0
    for split in (date(2019, 7, 1), date(2019, 9, 1), date(2019, 10, 1)):
        until = min(split + timedelta(days=60), date(2019, 11, 1))
        found = evaluate(Invoices.of(highradius()), split=day_number(split), until=day_number(until)).report
        assert found["mae"] <= 0.9 * found["customer_as_of_median"]["mae"], split
        assert 0.75 <= found["interval_coverage"] <= 0.85, split
        assert found["auc_late"] > found["customer_as_of_median"]["auc_late"] + 0.05, split
        assert found["model"]["holidays_of"] == "US"
        inside += found["interval_coverage"] * found["n"]
        asked += found["n"]
    assert 0.77 <= inside / asked <= 0.83


@beside(RTFM)
def test_fines_whose_debtors_are_all_new():
    """Nobody has a history, as with every first customer of a new book."""
    book = Invoices.of(fines().filter(pl.col("settled").is_not_null()))
    split, until = day_number(date(2008, 1, 1)), day_number(date(2009, 1, 1))
    found = evaluate(book, split=split, until=until, known_days=30)
    report = found.report
    assert report["n_without_history"] == report["n"] > 1000
    assert found.model.days_by != "learned", "nothing is known of anybody, so learning switches itself off"
    assert report["mae"] <= 0.9 * report["always_on_time"]["mae"]
    assert 0.65 <= report["interval_coverage"] <= 0.95
    assert report["model"]["holidays_of"] == "IT"
