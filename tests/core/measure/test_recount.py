"""Each figure equals an independent count of the same rows, on random books."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duecourse.core.measure.figures import figures
from duecourse.core.measure.rows import ROWS
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.tally import add, tally
from tests.core.measure.random_book import TODAY, random_book
from tests.core.measure.recount import recount


@pytest.mark.parametrize("seed", range(50))
def test_figures_equal_a_plain_recount(seed: int) -> None:
    book = random_book(seed)
    for as_of in (TODAY, TODAY - timedelta(days=100), TODAY - timedelta(days=600)):
        assert figures(tally(book.sheet(), as_of), as_of) == recount(book, as_of)


def test_the_random_books_reach_every_figure() -> None:
    seen: dict[str, set[object]] = {}
    for seed in range(50):
        for values in recount(random_book(seed), TODAY).values():
            for key, value in values.items():
                seen.setdefault(key, set()).add(str(value))
    constant = {key for key, values in seen.items() if len(values) < 3}
    assert constant == {"csat"}


def test_tallies_of_parts_add_up_to_the_whole() -> None:
    sheet = random_book(3, customers=40).sheet()
    parts = [_of_customers(sheet, remainder) for remainder in range(4)]
    assert add(tally(part, TODAY) for part in parts) == add([tally(sheet, TODAY)])


def test_an_empty_book_has_no_figures() -> None:
    assert figures(tally(Sheet.of(), TODAY), TODAY) == {}
    assert all(rows(Sheet.of(), TODAY).is_empty() for rows in ROWS.values())


def _of_customers(sheet: Sheet, remainder: int) -> Sheet:
    import polars as pl

    keep = pl.col("customer") % 4 == remainder
    contacts = sheet.contacts.filter(keep)
    return Sheet(
        invoices=sheet.invoices.filter(keep),
        moves=sheet.moves.filter(keep),
        sales=sheet.sales.filter(keep),
        cash=sheet.cash.filter(keep),
        contacts=contacts,
        named=sheet.named.join(contacts.select("contact").unique(), on="contact", how="semi"),
        promises=sheet.promises.filter(keep),
        instalments=sheet.instalments.filter(keep),
        under=sheet.under,
        tasks=sheet.tasks.filter(keep),
        waits=sheet.waits.filter(keep if remainder else keep.fill_null(True)),
        complaints=sheet.complaints.filter(keep),
        arms=sheet.arms.filter(keep),
        evidence=sheet.evidence.filter(keep),
        told=sheet.told if remainder == 0 else sheet.told.clear(),
    )
