"""Rows against the book as a table: what the file says, what the book has, what changes."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from duecourse.actions.import_book import CREDITS, CUSTOMERS, DEBTS, OTHERS, POINTS, Book
from duecourse.actions.import_compare import compare

DUE, LATER = date(2026, 2, 4), date(2026, 3, 4)


def book(amount: int | None, open_: int = 0, elsewhere: int = 0, left: int | None = None, owner: str = "") -> Book:
    """A book with customer C1 and, where `amount` is given, invoice 1."""
    debts = [(1, "C1", "1", 7, "GBP", amount, open_, DUE, elsewhere)] if amount is not None else []
    return Book(
        customers=pl.DataFrame([(1, "C1", 5, "C1", "company", "", "", "", "en", "")], CUSTOMERS, orient="row"),
        debts=pl.DataFrame(debts, DEBTS, orient="row"),
        points=pl.DataFrame(schema=POINTS),
        credits=pl.DataFrame([(1, "C1", "1", left)] if left is not None else [], CREDITS, orient="row"),
        others=pl.DataFrame([("1", owner)] if owner else [], OTHERS, orient="row"),
    )


def row(amount: int, open_: int, kind: str = "invoice", currency: str = "GBP", due: date = DUE) -> pl.DataFrame:
    found = {"position": 0, "shard": 1, "customer_ref": "C1", "invoice_ref": "1", "kind": kind, "currency": currency,
             "amount_minor": amount, "open_minor": open_, "due_date": due}  # fmt: skip
    return pl.DataFrame([found], schema_overrides={"shard": pl.Int16})


@pytest.mark.parametrize(
    ("row", "book", "change", "delta"),
    [
        (row(100, 100), book(None), "new", 0),
        (row(100, 100), book(100, 100), "same", 0),
        (row(100, 0), book(100, 0), "same", 0),
        (row(100, 60), book(100, 100), "lower", -40),
        (row(100, 0), book(100, 30), "lower", -30),
        (row(100, 100), book(100, 60), "higher", 40),
        # 40 came in here, and the file does not know of it.
        (row(100, 100), book(100, 60, elsewhere=40), "kept", 0),
        # 40 came in here, 50 by import; the file takes the 50 back and does not know of the 40.
        (row(100, 100), book(100, 10, elsewhere=40), "higher", 50),
        # 40 came in here, 50 by import; the file takes 20 of the 50 back, and may know of the 40 or not: not asked twice.
        (row(100, 30), book(100, 10, elsewhere=40), "kept", 0),
        # The file knows of what came in here and of more.
        (row(100, 20), book(100, 60, elsewhere=40), "lower", -40),
        (row(120, 120), book(100, 100), "amount_changed", 20),
        (row(100, 100, currency="EUR"), book(100, 100), "currency_changed", 0),
        (row(100, 100), book(None, owner="C2"), "other_customer", 0),
        (row(30, 30, "credit_note"), book(None), "new_credit", 30),
        (row(30, 0, "credit_note"), book(None), "same", 0),
        (row(30, 30, "payment"), book(None, left=30), "same", 0),
        (row(30, 10, "payment"), book(None, left=30), "lower", -20),
        (row(30, 25, "credit_note"), book(None, left=10), "higher", 15),
    ],
)
def test_change(row: pl.DataFrame, book: Book, change: str, delta: int) -> None:
    found = compare(row, book).row(0, named=True)
    assert found["change"] == change
    assert found["delta_minor"] == delta or change == "amount_changed"


def test_a_rise_is_never_above_what_imports_took_off() -> None:
    """Whatever the file says: what came in by other ways stays off, over all small amounts."""
    for file_open in range(11):
        for book_open in range(11):
            for elsewhere in range(11 - book_open):
                found = compare(row(10, file_open), book(10, book_open, elsewhere=elsewhere)).row(0, named=True)
                after = book_open + found["delta_minor"]
                assert after <= max(book_open, 10 - elsewhere)
                assert after >= 0


@pytest.mark.parametrize(("due", "changed"), [(DUE, False), (LATER, True)])
def test_due_date(due: date, changed: bool) -> None:
    assert compare(row(100, 100, due=due), book(100, 100))["due_changed"].to_list() == [changed]
