"""Whatever a file and a ledger say, the reasons for the difference add up to it, and each case has its reason."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecourse.core.measure.books import FILE, LEDGER, REASONS, differences, totals


def _file(*rows: tuple[object, ...]) -> pl.DataFrame:
    """ref, kind, currency, open, debt, book currency, book open, paid elsewhere."""
    return pl.DataFrame(
        [(ref, "C", kind, cur, open_, debt, book_cur, book, paid, None) for ref, kind, cur, open_, debt, book_cur, book, paid in rows],
        schema=FILE, orient="row",
    )  # fmt: skip


def _ledger(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame([(debt, ref, "C", cur, open_) for debt, ref, cur, open_ in rows], schema=LEDGER, orient="row")


CASES = [
    # the file's row, the ledger's rows, reason → difference
    (("1", "invoice", "GBP", 500, 7, "GBP", 500, 0), [(7, "1", "GBP", 500)], {}),
    (("1", "invoice", "GBP", 500, 7, "GBP", 0, 500), [], {"paid_here": -500}),
    (("1", "invoice", "GBP", 500, 7, "GBP", 100, 300), [(7, "1", "GBP", 100)], {"paid_here": -300, "lower_here": -100}),
    (("1", "invoice", "GBP", 500, 7, "GBP", 520, 0), [(7, "1", "GBP", 520)], {"higher_here": 20}),
    (
        ("1", "invoice", "GBP", 500, None, None, None, None),
        [(8, "2", "GBP", 90)],
        {"only_yours": -500, "only_here": 90},
    ),
    (("1", "invoice", "GBP", 500, 7, "USD", 500, 0), [(7, "1", "USD", 500)], {"only_yours": -500, "only_here": 500}),
    (("1", "credit", "GBP", 200, None, None, None, None), [(None, "", "GBP", -150)], {"credits": 50}),
]


@pytest.mark.parametrize(("row", "ledger", "reasons"), CASES)
def test_differences_as_a_table(
    row: tuple[object, ...], ledger: list[tuple[object, ...]], reasons: dict[str, int]
) -> None:
    found = differences(_file(row), _ledger(*ledger)).group_by("reason").agg(pl.col("difference").sum())
    assert dict(found.iter_rows()) == reasons


AMOUNT = st.integers(0, 10_000)
ROW = st.tuples(
    st.sampled_from(["invoice", "invoice", "credit"]),
    st.sampled_from(["GBP", "JPY"]),
    AMOUNT,
    st.booleans(),
    AMOUNT,
    AMOUNT,
)


@given(
    st.lists(ROW, max_size=12),
    st.lists(st.tuples(st.sampled_from(["GBP", "JPY"]), st.integers(-500, 9_000)), max_size=6),
)
def test_the_reasons_add_up_to_the_whole_difference(rows: list[tuple], more: list[tuple]) -> None:  # type: ignore[type-arg]
    file, ledger = [], []
    for n, (kind, currency, open_, known, book, paid) in enumerate(rows):
        known = known and kind == "invoice"
        file.append(
            (
                str(n),
                kind,
                currency,
                open_,
                n if known else None,
                "GBP" if known else None,
                book if known else None,
                paid,
            )
        )
        if known and book:
            ledger.append((n, str(n), "GBP", book))
    ledger += [
        (100 + n if amount > 0 else None, f"x{n}", currency, amount)
        for n, (currency, amount) in enumerate(more)
        if amount
    ]
    found, whole = differences(_file(*file), _ledger(*ledger)), totals(_file(*file), _ledger(*ledger))
    assert set(found["reason"]) <= set(REASONS)
    for currency, yours, ours in whole.iter_rows():
        assert found.filter(pl.col("currency") == currency)["difference"].sum() == ours - yours
