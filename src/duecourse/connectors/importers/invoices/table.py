"""A table as it stood in the file: text cells, the line that each row came from, and nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

LINE = "line"


@dataclass(frozen=True)
class Broken:
    """A row that could not be cut into cells, or has more of them than the header. `cells`: what could be read of it."""

    line: int
    column: str
    cause: str
    found: str
    expected: str
    mend: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """`cells`: one text column a header, null for empty. `lines`: the 1-based line of each row (row number in a workbook).

    `native`: for workbooks, the same shape in booleans: true where the program itself stored a number or a date, which
    then stands in `cells` as `-12.5` or `2026-01-31` whatever the file's own conventions.
    """

    headers: tuple[str, ...]
    cells: pl.DataFrame
    lines: pl.Series
    native: pl.DataFrame | None = None
    broken: tuple[Broken, ...] = ()
    title_lines: tuple[str, ...] = ()
    header_line: int = 1
    notes: tuple[str, ...] = field(default=())

    @property
    def height(self) -> int:
        return self.cells.height

    def is_native(self, header: str) -> pl.Series:
        """True where the workbook stored a number or date; all false for text files."""
        if self.native is None or header not in self.native.columns:
            return pl.repeat(False, self.height, dtype=pl.Boolean, eager=True)
        return self.native[header]


def unique_headers(raw: list[str]) -> tuple[str, ...]:
    """Header texts, stripped; empty ones and repeats get a name of their own.

    >>> unique_headers(["Date", " Amount ", "", "Amount"])
    ('Date', 'Amount', 'Column 3', 'Amount (2)')
    """
    names: list[str] = []
    for number, text in enumerate(raw, start=1):
        name = base = " ".join(text.split()) or f"Column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names.append(name)
    return tuple(names)
