"""What was read of a file, kept between the steps: rows as Parquet, refusals as CSV, the rest in the database."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import polars as pl

from duecourse.actions import import_files
from duecourse.actions.import_again import read_again
from duecourse.connectors.importers.invoices import Conventions, Parsed, Recalled, explain, write_refused
from duecourse.records.journal.models import ImportFile

ASKING, READY, LOADING, DONE = "asking", "ready", "loading", "done"
_SHOWN = 200
_CHANGES = ("mapping", "conventions", "source", "state", "rows", "taken", "unchanged", "refused", "next_row", "summary")


def keep_read(row: ImportFile, parsed: Parsed, answers: Conventions, default_terms: int | None, home: Path) -> None:
    """Write rows and refusals beside the file, then save the row, in the running transaction.

    `summary` holds `questions`, `explain`, `notes`, `columns` (column, field, why), the first refusals, `answers` given.
    """
    folder = home / row.path
    with import_files.whole(folder / import_files.ROWS, "wb") as out:
        parsed.rows.write_parquet(out)
    with import_files.whole(folder / import_files.REFUSED) as out:
        write_refused(parsed, out)
    refused = parsed.refused["line"].n_unique()
    row.source, row.conventions = parsed.sniffed.shape, parsed.conventions.to_json()
    row.state = ASKING if parsed.questions else READY
    row.rows = parsed.rows.height + refused
    row.refused, row.taken, row.unchanged, row.next_row = refused, 0, 0, 0
    row.summary = {
        "questions": [asdict(question) for question in parsed.questions],
        "explain": explain(parsed),
        "notes": [asdict(note) for note in parsed.notes],
        "columns": [asdict(choice) for choice in parsed.mapping.choices],
        "profile": parsed.mapping.profile,
        "causes": dict(parsed.refused.group_by("cause").len().sort("len", descending=True).iter_rows()),
        "refused": parsed.refused.head(_SHOWN).to_dicts(),
        "left_out": dict(parsed.left_out.group_by("reason").len().iter_rows()),
        "answers": answers.to_json(),
        "default_terms": default_terms,
    }
    # Who brought which file is written once; only how it is read may change.
    row.save(update_fields=_CHANGES if row.pk else None)


def rows_of(row: ImportFile, home: Path) -> pl.DataFrame:
    """The rows that were read, as `invoices.parse.ROWS`; read again where what was kept of them is gone."""
    kept = home / row.path / import_files.ROWS
    return pl.read_parquet(kept) if kept.exists() else read_again(row, home).rows


def refused_file(row: ImportFile, home: Path) -> Path:
    """The CSV of refused rows: line, column, found, expected, mend, and the row as it stood."""
    return home / row.path / import_files.REFUSED


def recalled(creditor: int, shape: str) -> Recalled:
    """Answers and corrections of the creditor's newest file with these columns that was loaded.

    One that was looked at and left is not remembered: its answers may be why it was left.
    """
    loaded = ImportFile.objects.filter(creditor_id=creditor, source=shape, state__in=(LOADING, DONE))
    before = loaded.order_by("-id").first()
    if before is None:
        return Recalled()
    conventions = {name: value for name, value in before.conventions.items() if name != "currency"}
    given = {name: value for name, value in before.summary.get("answers", {}).items() if name == "currency"}
    return Recalled(before.mapping, Conventions.from_json(conventions | given))
