"""The sheet of a workbook that holds the invoices, as a table of texts that remembers which cells were numbers or dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import polars as pl
import python_calamine

from duecourse.connectors.importers.invoices.header import LOOK, find_header
from duecourse.connectors.importers.invoices.named import by_name
from duecourse.connectors.importers.invoices.table import Broken, Table, unique_headers
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source

_BATCH = 20_000
_DAMAGED = Unreadable(
    "The workbook cannot be read.", mend="Save it again in your spreadsheet program, or save the sheet as CSV."
)


def read_workbook(source: Source) -> Table:
    """Read the visible sheet whose header names the most fields. The guard must have let the file in.

    Raises Unreadable where no sheet has a table, or the reader gives up.
    """
    try:
        return _read(source)
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # The reader is Rust: its panics are no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _DAMAGED from error
        raise


def _read(source: Source) -> Table:
    with source.open() as handle:
        book = python_calamine.load_workbook(handle)
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        best: tuple[float, str, list[list[Any]]] | None = None
        for name in visible:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            score = _score(rows)
            if score > 0 and (best is None or score > best[0]):
                best = (score, name, rows)
    if best is None:
        raise Unreadable(
            "No sheet of the workbook holds a table.", mend="Put the invoices on one sheet, with a header line on top."
        )
    others = [name for name in visible if name != best[1]]
    notes = (f"The sheet “{best[1]}” is read; others are not ({len(others)}).",) if others else ()
    return _table(best[2], notes)


def _score(rows: list[list[Any]]) -> float:
    head = [[_text(cell)[0] or "" for cell in row] for row in rows[: LOOK + 1]]
    try:
        index = find_header(head)
    except Unreadable:
        return 0.0
    return 0.01 + sum(max((n[1] for n in by_name(cell)[0]), default=0.0) for cell in head[index])


def _table(rows: list[list[Any]], notes: tuple[str, ...]) -> Table:
    index = find_header([[_text(cell)[0] or "" for cell in row] for row in rows[: LOOK + 1]])
    raw = [_text(cell)[0] or "" for cell in rows[index]]
    width = max((i + 1 for i, name in enumerate(raw) if name.strip()), default=0)
    headers = unique_headers(raw[:width])
    broken: list[Broken] = []
    texts: list[pl.DataFrame] = []
    natives: list[pl.DataFrame] = []
    at: list[int] = []
    batch: list[list[tuple[str | None, bool]]] = []
    for line, row in enumerate(rows[index + 1 :], start=index + 2):
        cells = [_text(cell) for cell in row[:width]]
        if not any(text and text.strip() for text, _ in cells):
            continue
        if fault := _fault(line, cells, row[width:], headers):
            broken.append(fault)
            continue
        at.append(line)
        batch.append(cells)
        if len(batch) == _BATCH:
            _flush(batch, headers, texts, natives)
            batch = []
    _flush(batch, headers, texts, natives)
    if not at and not broken:
        raise Unreadable("There are no rows below the header.", mend="Export it again with its rows.", line=index + 1)
    return Table(
        headers=headers,
        cells=pl.concat(texts),
        lines=pl.Series("line", at, dtype=pl.UInt32),
        native=pl.concat(natives),
        broken=tuple(broken),
        title_lines=tuple(" ".join(filter(None, (_text(c)[0] for c in row))) for row in rows[:index]),
        header_line=index + 1,
        notes=notes,
    )


def _flush(
    batch: list[list[tuple[str | None, bool]]],
    headers: tuple[str, ...],
    texts: list[pl.DataFrame],
    natives: list[pl.DataFrame],
) -> None:
    columns: Iterable[tuple[tuple[str | None, bool], ...]] = zip(*batch, strict=True) if batch else ((),) * len(headers)
    pairs = [tuple(zip(*column, strict=True)) if column else ((), ()) for column in columns]
    texts.append(pl.DataFrame([pl.Series(h, p[0], dtype=pl.String) for h, p in zip(headers, pairs, strict=True)]))
    natives.append(pl.DataFrame([pl.Series(h, p[1], dtype=pl.Boolean) for h, p in zip(headers, pairs, strict=True)]))


def _fault(
    line: int, cells: list[tuple[str | None, bool]], beyond: list[Any], headers: tuple[str, ...]
) -> Broken | None:
    row = tuple(text or "" for text, _ in cells)
    if any((_text(cell)[0] or "").strip() for cell in beyond):
        return Broken(
            line,
            "",
            "cells",
            "a cell right of the header",
            f"{len(headers)} cells, as in the header",
            "Name that column, or empty the cell.",
            row,
        )
    for header, (text, _) in zip(headers, cells, strict=False):
        if text in ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"):
            return Broken(
                line,
                header,
                "formula",
                text,
                "a value",
                "The formula in this cell fails: mend it or type the value.",
                row,
            )
    return None


def _text(cell: Any) -> tuple[str | None, bool]:
    """A cell as text, and whether the workbook stored it as number or date. Numbers keep the 15 digits that Excel keeps.

    >>> _text(1284.5000000000002), _text(7.0), _text(dt.date(2026, 1, 31)), _text("007")
    (('1284.5', True), ('7', True), ('2026-01-31', True), ('007', False))
    """
    if isinstance(cell, str):
        return cell, False
    if isinstance(cell, bool):
        return ("yes" if cell else "no"), False
    if isinstance(cell, (int, float)):
        if float(cell).is_integer() and abs(cell) < 1e15:
            return str(int(cell)), True
        text = f"{cell:.15g}"
        return (format(Decimal(text), "f") if "e" in text else text), True
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat(), True
    if isinstance(cell, dt.date):
        return cell.isoformat(), True
    return (None if cell is None else str(cell)), False
