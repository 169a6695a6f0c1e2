"""The refused rows as a CSV file: what is wrong and how to mend it, beside the row as it stood, ready to be imported again."""

from __future__ import annotations

import csv
from typing import TextIO

import polars as pl

from duecourse.connectors.importers.escape import escape
from duecourse.connectors.importers.invoices.parse import Parsed

HEAD = ("line", "column", "found", "expected", "mend")


def write_refused(parsed: Parsed, out: TextIO, *, more: pl.DataFrame | None = None) -> int:
    """Write one row a refused line; several problems of a line are joined. Returns how many rows were written.

    `more`: refusals of the same shape that came after parsing, because the book says otherwise.
    Everything that a spreadsheet could run as a formula is escaped, and `clean` takes the escape off on the way back in.
    """
    table = parsed.table
    broken = {b.line: b.cells for b in table.broken}
    place = {line: position for position, line in enumerate(table.lines.to_list())}
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*HEAD, *map(escape, table.headers)])
    refused = parsed.refused if more is None else pl.concat([parsed.refused, more], how="diagonal").sort("line")
    grouped = refused.group_by("line", maintain_order=True).agg(pl.col(*HEAD[1:]).str.join("; ", ignore_nulls=True))
    for line, *problem in grouped.iter_rows():
        cells = table.cells.row(place[line]) if line in place else broken.get(line, ())
        writer.writerow([line, *map(escape, problem), *(escape(cell or "") for cell in cells)])
    return grouped.height
