"""What was done without being asked, said once a kind, with a count."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

LEFT_OUT = {"line": pl.UInt32, "reason": pl.String}


@dataclass(frozen=True)
class Note:
    """`kind` is stable for scripts; `text` is for people and holds no personal data; `lines`: the first few it is about."""

    kind: str
    text: str
    count: int = 0
    lines: tuple[int, ...] = ()


_REASONS = {
    "draft": "Drafts, quotes and orders are left out",
    "void": "Voided and cancelled invoices are left out",
    "written_off": "Written-off invoices are left out",
    "other": "Documents that are no invoice, credit or payment are left out",
    "zero": "Invoices of nothing are left out",
    "totals": "Lines with totals are left out",
    "titles": "Title lines between the rows are left out",
    "repeats": "Rows that say the same again are taken once",
}


def left_out(rows: pl.DataFrame) -> list[Note]:
    """A note for each reason. `rows`: line and reason.

    >>> left_out(pl.DataFrame({"line": [3, 9], "reason": ["void", "void"]}))[0].text
    'Voided and cancelled invoices are left out (2).'
    """
    by_reason = rows.group_by("reason").agg(pl.col("line").sort()).sort("reason")
    return [
        Note(reason, f"{_REASONS[reason]} ({len(lines):,}).", len(lines), tuple(lines[:5]))
        for reason, lines in by_reason.iter_rows()
    ]
