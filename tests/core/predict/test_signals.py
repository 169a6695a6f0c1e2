"""Early warnings as a table: what is known of one invoice, and the signals that it raises."""

from __future__ import annotations

import numpy as np
import pytest

from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.signals import SIGNALS, early_warnings

QUIET = {
    "settled": 20, "late_q50": 2, "late_median_5": 2, "late_spread": 3, "days_between": 10, "days_since_settled": 8,
    "overdue_count": 0, "disputed": 0, "p_late": 0.3, "middle": 0,
    "broken_promises": 0, "part_payments": 0, "bounced_contacts": 0,
}  # fmt: skip
CASES = [
    ({}, []),
    ({"p_late": 0.8, "middle": 9}, ["likely_late"]),
    ({"p_late": 0.8, "middle": 1}, []),
    ({"late_median_5": 9}, ["slower"]),
    ({"late_median_5": 9, "late_spread": 30}, []),
    ({"late_median_5": 9, "settled": 6}, []),
    ({"late_median_5": np.nan, "late_q50": np.nan, "settled": 0}, []),
    ({"overdue_count": 0.7, "days_since_settled": 45}, ["silent"]),
    ({"overdue_count": 0.7, "days_since_settled": 45, "days_between": 30}, []),
    ({"overdue_count": 0.0, "days_since_settled": 45}, []),
    ({"disputed": 1}, ["disputed"]),
    ({"broken_promises": 1}, ["broken_promise"]),
    ({"part_payments": 2}, ["part_payment"]),
    ({"bounced_contacts": 1}, ["bounced"]),
    ({"late_median_5": 9, "broken_promises": 1}, ["slower", "broken_promise"]),
]


def _ask(known, events=("broken_promises", "part_payments", "bounced_contacts")):
    columns = {name: np.array([float(value)]) for name, value in known.items()}
    forecast = Forecast(columns["middle"], columns["middle"], columns["middle"], columns["p_late"])
    return early_warnings(columns, forecast, {name: columns.pop(name) for name in events})[0]


@pytest.mark.parametrize(("change", "expected"), CASES)
def test_signals(change, expected):
    assert [name for name, _ in _ask({**QUIET, **change})] == expected


def test_each_signal_is_in_the_table_and_says_why_in_a_short_sentence():
    seen = {name: words for change, _ in CASES for name, words in _ask({**QUIET, **change})}
    assert set(seen) == {signal.name for signal in SIGNALS}
    for words in seen.values():
        for sentence in words.split(". "):
            assert 2 <= len(sentence.split()) <= 25


def test_what_is_not_known_is_not_looked_at():
    columns = {name: np.array([float(v)]) for name, v in QUIET.items() if "_promises" not in name}
    forecast = Forecast(*(np.zeros(1),) * 4)
    assert early_warnings(columns, forecast) == [[]]
