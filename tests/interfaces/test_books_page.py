"""Your books against ours, as the page says it: from one total to the other, and never "the same" above rows that differ."""

from __future__ import annotations

import polars as pl
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from duecourse.actions.compare_books import Compared
from duecourse.core.measure.books import ROWS
from duecourse.interfaces.insight import books
from tests import making
from tests.conftest import Book

ONLY_HERE, ONLY_YOURS = (
    ("EUR", "A1", "C1", "only_here", 0, 3_000, 3_000),
    ("EUR", "A2", "C2", "only_yours", 3_000, 0, -3_000),
)


@pytest.mark.parametrize(
    ("rows", "yours", "ours", "says"),
    [
        ([], 9_000, 9_000, "Your books and ours say the same."),
        ([ONLY_HERE], 9_000, 12_000, "We differ by €30.00. Each difference is explained."),
        (
            [ONLY_HERE, ONLY_YOURS],
            9_000,
            9_000,
            "The totals agree, but some rows do not. Each difference is explained.",
        ),
        ([ONLY_HERE], 9_000, 13_000, "We differ by €40.00. €10.00 of it is unexplained."),
    ],
)
def test_what_is_said_above_the_table(
    book: Book, monkeypatch: pytest.MonkeyPatch, rows: list[tuple[object, ...]], yours: int, ours: int, says: str
) -> None:
    making.creditor()
    totals = pl.DataFrame({"currency": ["EUR"], "yours": [yours], "ours": [ours]})
    found = Compared("books.csv", making.NOW, 0, totals, pl.DataFrame(rows, schema=ROWS, orient="row"))
    monkeypatch.setattr(books, "compare_books", lambda *_, **__: found)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("owner"))
    assert says in client.get("/desk/insight/books/").content.decode()
