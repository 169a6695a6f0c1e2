"""The newest accounting file of a creditor against the ledger as it stands: why they differ, to zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from duecourse.actions.import_book import read_book, read_others
from duecourse.actions.import_compare import compare
from duecourse.actions.import_keep import rows_of
from duecourse.actions.import_rows import ordered
from duecourse.core.measure.books import differences, totals
from duecourse.records.insight.ledger_open import ledger_open
from duecourse.records.journal.models import ImportFile
from duecourse.records.tenancy import scope


@dataclass(frozen=True)
class Compared:
    """`totals`: currency, yours, ours; `rows` as core.measure.books.differences. `refused` rows of the file could not be read."""

    file: str
    read_at: datetime | None
    refused: int
    totals: pl.DataFrame
    rows: pl.DataFrame


def compare_books(creditor: int, *, home: Path) -> Compared | None:
    """None where no file was read for this creditor yet. Changes nothing."""
    with scope([creditor]):
        row = ImportFile.objects.filter(creditor_id=creditor, state="done").order_by("-finished_at", "-id").first()
        if row is None:
            return None
        rows = ordered(rows_of(row, home), creditor)
        compared = compare(rows, read_book(rows, creditor, others=read_others(rows, creditor)))
    file = compared.select(
        "customer_ref", "kind", "currency", "book_currency", "book_open", "paid_elsewhere", "book_left",
        ref="invoice_ref", open="open_minor", debt="debt_id",
    )  # fmt: skip
    ledger = ledger_open(creditor)
    return Compared(row.name, row.finished_at, row.refused, totals(file, ledger), differences(file, ledger))
