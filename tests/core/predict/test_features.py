"""Features of a small book, worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from duecourse.core.predict.features.as_of import as_of_features, families, matrix
from duecourse.core.predict.invoices import Invoices, day_number

BOOK = pl.DataFrame(
    [
        # customer, amount, issued, due, settled, disputed
        ("a", 100_00, date(2026, 1, 5), date(2026, 2, 2), date(2026, 2, 4), None),  # Monday, paid Wednesday: 2 late
        ("a", 100_00, date(2026, 1, 5), date(2026, 2, 7), date(2026, 2, 11), None),  # Saturday, paid Wednesday: 4 late
        ("a", 900_00, date(2026, 2, 1), date(2026, 3, 2), None, date(2026, 2, 20)),  # open, disputed
        ("a", 100_00, date(2026, 2, 1), date(2026, 2, 16), None, None),  # open and overdue on 1 March
        ("b", 100_00, None, date(2026, 2, 2), date(2026, 1, 31), None),  # 2 early
    ],
    schema=["customer", "amount", "issued", "due", "settled", "disputed"],
    orient="row",
)
ASKED, DAY = 2, date(2026, 3, 1)
EXPECTED = [
    ("settled", 2),
    ("late_q50", 3),
    ("late_last", 4),
    ("late_last_but_one", 2),
    ("share_late_lately", 1),
    ("late_shrunk", (2 + 4 + 5 * (4 / 3)) / 7),
    ("share_late_shrunk", (2 + 5 * (2 / 3)) / 7),
    ("usual_day", 2),  # two working days after the bank day on or after the due date, a Monday
    ("pays_2_on", 1),  # Monday due, always paid on Wednesdays
    ("weekday_settled", 1),
    ("weekday_median", 2),
    ("days_since_settled", 18),
    ("settled_month", 2),
    ("terms_days", 29),
    ("due_weekday", 0),
    ("due_day_of_month", 1),
    ("due_days_to_month_end", 30),
    ("days_to_due", 1),
    ("overdue_count", np.log1p(1)),
    ("open_count", np.log1p(1)),
    ("overdue_amount", np.log1p(100_00)),
    ("disputed", 1),
    ("disputes_year", np.log1p(1)),
    ("fell_due_lately", np.log1p(1)),  # within 21 days: the one of 16 February, which is not paid
    ("paid_share_lately", 0),
    ("amount_is_negative", 0),
]


@pytest.mark.parametrize(("name", "value"), EXPECTED)
def test_by_hand(name, value):
    found = as_of_features(Invoices.of(BOOK), np.array([ASKED]), np.array([day_number(DAY)]))
    assert found[name][0] == pytest.approx(value)


def test_a_holiday_moves_the_usual_day():
    book = Invoices.of(BOOK)
    question = np.array([ASKED]), np.array([day_number(DAY)])
    closed = np.array([day_number(date(2026, 3, 3))])  # the Tuesday after the due date
    assert as_of_features(book, *question, closed=closed)["usual_day"][0] == 3


def test_every_feature_belongs_to_a_family_and_to_the_matrix():
    found = as_of_features(Invoices.of(BOOK), np.arange(5), np.full(5, day_number(DAY)))
    assert list(families()) == list(found)
    assert matrix(found, list(families())).shape == (5, len(found))


def test_long_books_are_read_in_parts(monkeypatch):
    from duecourse.core.predict.features import as_of

    book, rows, at = Invoices.of(BOOK), np.arange(5), np.full(5, day_number(DAY))
    whole = as_of_features(book, rows, at)
    monkeypatch.setattr(as_of, "CHUNK", 2)
    parts = as_of_features(book, rows, at)
    assert all(np.array_equal(whole[n], parts[n], equal_nan=True) for n in whole)


def test_no_due_date_is_refused():
    with pytest.raises(ValueError, match="no due date"):
        Invoices.of(pl.DataFrame({"customer": ["a"], "amount": [1], "due": [None]}, schema_overrides={"due": pl.Date}))
