"""Notes on rows that were taken although something about them is odd."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.notes import Note
from duecourse.connectors.importers.invoices.texts import is_formula

_SHOWN = 5


def remarks(frame: pl.DataFrame, mapping: Mapping) -> list[Note]:
    """What a person may want to look at: formulas kept as text, dates worked out, addresses that are none."""
    settled_undated = (pl.col("paid_minor") > 0) & pl.col("settled_date").is_null() & (pl.col("kind") == "invoice")
    formula = pl.any_horizontal(
        [
            is_formula(pl.col(c))
            for c in ("customer_ref", "customer_name", "invoice_ref", "description", "purchase_order", "address_1")
        ]
    )
    checks = (
        ("formula", formula, "Cells that look like formulas are kept as plain text"),
        (
            "email",
            pl.col("email").is_null() & pl.col("email_found").is_not_null(),
            "E-mail addresses that are none are left out",
        ),
        (
            "emails",
            pl.col("email_found").str.count_matches("@") > 1,
            "Of several e-mail addresses in a cell the first is taken",
        ),
        (
            "country",
            pl.col("country").is_null() & pl.col("country_found").is_not_null(),
            "Countries that are not known are left out",
        ),
        ("due_date", pl.col("no_due"), "Due dates are worked out from the terms"),
        ("issued_date", pl.col("no_issued"), "Issue dates are worked out from the due dates"),
        (
            "paid_undated",
            settled_undated,
            "Payments have no date in the file; they are booked on the day of the import",
        ),
        ("credit", pl.col("kind") != "invoice", "Credit notes and payments lower what the customer owes"),
    )
    notes = _defaulted(frame)
    notes += [note for kind, where, words in checks if (note := _note(frame, kind, where, words))]
    if mapping.never:
        notes.append(
            Note(
                "never",
                f"Columns left out unread, for they hold card, bank or private details: {', '.join(mapping.never)}.",
                len(mapping.never),
            )
        )
    if (
        mapping.column("amount") is None
        and mapping.column("net_amount") is not None
        and mapping.column("tax_amount") is None
        and mapping.column("line_amount") is None
    ):
        notes.append(Note("net", "Only amounts without tax were found; they are taken as what is owed."))
    return notes


def _defaulted(frame: pl.DataFrame) -> list[Note]:
    rows = frame.filter(pl.col("defaulted"))
    if rows.height == 0:
        return []
    words = f"The file names no currency; amounts are taken as {rows['currency'][0]} ({rows.height:,})."
    return [Note("currency", words, rows.height, tuple(rows["line"].sort().head(_SHOWN).to_list()))]


def _note(frame: pl.DataFrame, kind: str, where: pl.Expr, words: str) -> Note | None:
    lines = frame.filter(where.fill_null(False))["line"]
    return (
        Note(kind, f"{words} ({lines.len():,}).", lines.len(), tuple(lines.sort().head(_SHOWN).to_list()))
        if lines.len()
        else None
    )
