"""A delimited text file as a table."""

from __future__ import annotations

import io
from itertools import islice

import polars as pl

from duecourse.connectors.importers.guard import STANDARD, Caps
from duecourse.connectors.importers.invoices.header import find_header
from duecourse.connectors.importers.invoices.rows_of_text import records
from duecourse.connectors.importers.invoices.table import Broken, Table, unique_headers
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source

_BATCH = 20_000
_SEP = "sep="


def lines_of(source: Source, encoding: str, limit: int | None = None) -> list[str]:
    """Physical lines with their ends; \\r\\n, \\n and \\r all end one. Bytes that fit no letter become the sign for that."""
    with source.open() as handle, io.TextIOWrapper(handle, encoding=encoding, errors="replace", newline="") as text:
        return list(islice(text, limit))


def read_text(
    source: Source, *, encoding: str, delimiter: str, caps: Caps = STANDARD, limit: int | None = None
) -> Table:
    """Read the table; `limit` reads only so many lines. Raises Unreadable where there is no header or no row."""
    lines = lines_of(source, encoding, limit)
    skipped = 1 if lines and lines[0].lower().startswith(_SEP) else 0
    head = [(line, row) for line, row in _first(lines, delimiter) if line > skipped]
    index = find_header([row for _, row in head])
    header_line, raw = head[index]
    while len(raw) > 1 and not raw[-1].strip():
        raw = raw[:-1]
    headers = unique_headers(raw)
    broken: list[Broken] = []
    frames: list[pl.DataFrame] = []
    at: list[int] = []
    rows: list[list[str]] = []
    for record in records(lines, delimiter):
        if isinstance(record, Broken):
            if record.line > header_line:
                broken.append(record)
            continue
        line, row = record
        if line <= header_line or not any(cell and not cell.isspace() for cell in row):
            continue
        if fault := _fault(line, row, headers, caps):
            broken.append(fault)
            continue
        at.append(line)
        rows.append(row)
        if len(rows) == _BATCH:
            frames.append(_frame(rows, headers))
            rows = []
    if rows:
        frames.append(_frame(rows, headers))
    if not frames and not broken:
        raise Unreadable("There are no rows below the header.", mend="Export it again with its rows.", line=header_line)
    return Table(
        headers=headers,
        cells=pl.concat(frames) if frames else _frame([], headers),
        lines=pl.Series("line", at, dtype=pl.UInt32),
        broken=tuple(broken),
        title_lines=tuple(" ".join(filter(None, map(str.strip, row))) for _, row in head[:index]),
        header_line=header_line,
    )


def _first(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """The first records, for the search of the header, title lines included whatever quotes stand in them."""
    found: list[tuple[int, list[str]]] = []
    for record in records(lines[:200], delimiter):
        if not isinstance(record, Broken):
            found.append(record)
        if len(found) == 60:
            break
    return found


def _fault(line: int, row: list[str], headers: tuple[str, ...], caps: Caps) -> Broken | None:
    if len(row) > len(headers) and any(cell.strip() for cell in row[len(headers) :]):
        return Broken(
            line,
            "",
            "cells",
            f"{len(row)} cells",
            f"{len(headers)} cells, as in the header",
            "Put quote marks around a cell that holds the character that separates cells.",
            tuple(row),
        )
    if max(map(len, row)) <= caps.cell_characters:
        return None
    for header, cell in zip(headers, row, strict=False):
        if len(cell) > caps.cell_characters:
            return Broken(
                line,
                header,
                "long",
                f"{len(cell):,} characters",
                f"at most {caps.cell_characters:,}",
                "Shorten the text in this cell.",
                tuple(c[: caps.cell_characters] for c in row),
            )
    return None


def _frame(rows: list[list[str]], headers: tuple[str, ...]) -> pl.DataFrame:
    width = len(headers)
    even = [row if len(row) == width else (row + [""] * width)[:width] for row in rows]
    columns = zip(*even, strict=True) if even else ((),) * width
    return pl.DataFrame([pl.Series(h, c, dtype=pl.String) for h, c in zip(headers, columns, strict=True)])
