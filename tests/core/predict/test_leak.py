"""What happens on or after the day of a question changes none of its features; nor does the invoice's own settlement."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecourse.core.predict.features.as_of import as_of_features, families
from duecourse.core.predict.history import History
from duecourse.core.predict.invoices import Invoices, day_number
from tests.core.predict import books

DAYS = st.integers(0, 200).map(lambda n: books.FIRST + timedelta(days=n))


def _features(rows, asked, day):
    book = Invoices.of(books.frame(rows))
    return as_of_features(book, np.array(asked), np.full(len(asked), day_number(day)))


def _same(one, two):
    return all(np.array_equal(one[name], two[name], equal_nan=True) for name in one)


def _another_future(rows, day, data):
    """The same until `day`; what happened from then on happens at other times, or never."""
    later = st.none() | st.integers(0, 60).map(lambda n: day + timedelta(days=n))

    def moved(when):
        return when if when is not None and when < day else data.draw(later)

    return [{**row, "settled": moved(row["settled"]), "disputed": moved(row["disputed"])} for row in rows]


@settings(max_examples=60)
@given(rows=books.invoices, day=DAYS, data=st.data())
def test_another_future_changes_no_feature(rows, day, data):
    asked = list(range(len(rows)))
    assert _same(_features(rows, asked, day), _features(_another_future(rows, day, data), asked, day))


@settings(max_examples=60)
@given(rows=books.invoices, day=DAYS, own=st.none() | DAYS)
def test_the_own_settlement_changes_no_feature(rows, day, own):
    changed = [{**rows[0], "settled": own}, *rows[1:]]
    assert _same(_features(rows, [0], day), _features(changed, [0], day))


@settings(max_examples=60)
@given(rows=books.invoices, day=DAYS)
def test_invoices_that_are_not_out_yet_change_no_feature(rows, day):
    kept = [rows[0], *(r for r in rows[1:] if not _unseen(r, day))]
    assert _same(_features(rows, [0], day), _features(kept, [0], day))


def _unseen(row, day):
    out = min(row["issued"] or row["due"], row["due"])
    return out >= day and all(row[k] is None or row[k] >= day for k in ("settled", "disputed"))


@settings(max_examples=40)
@given(rows=books.invoices, day=DAYS, data=st.data())
def test_the_order_of_rows_changes_no_feature(rows, day, data):
    order = data.draw(st.permutations(range(len(rows))))
    straight = _features(rows, list(range(len(rows))), day)
    mixed = _features([rows[i] for i in order], list(range(len(rows))), day)
    back = np.argsort(order)
    assert all(np.allclose(straight[n], mixed[n][back], rtol=0, atol=1e-12, equal_nan=True) for n in straight)


ROWS = [
    {"customer": "a", "currency": "", "terms": "", "amount": 100, "issued": None, "disputed": None,
     "due": books.FIRST + timedelta(days=10 * i), "settled": books.FIRST + timedelta(days=10 * i + 3 * i)}
    for i in range(12)
]  # fmt: skip
LATER = [
    {**r, "settled": r["settled"] + timedelta(days=9) if r["settled"] >= date(2025, 3, 1) else r["settled"]}
    for r in ROWS
]


@pytest.mark.parametrize("family", ["habit", "payday", "rhythm", "size", "neighbours", "monthday"])
def test_canary_without_the_guard_of_time_the_future_is_seen(monkeypatch, family):
    guarded = History.known
    monkeypatch.setattr(History, "known", lambda self, book, rows, at, **k: guarded(self, book, rows, at + 400, **k))
    asked = [6, 7]
    seen, other = _features(ROWS, asked, date(2025, 3, 1)), _features(LATER, asked, date(2025, 3, 1))
    assert any(not np.array_equal(seen[n], other[n], equal_nan=True) for n, f in families().items() if f == family)


def test_canary_the_same_question_is_blind_with_the_guard():
    assert _same(_features(ROWS, [6, 7], date(2025, 3, 1)), _features(LATER, [6, 7], date(2025, 3, 1)))
