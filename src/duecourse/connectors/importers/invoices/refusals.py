"""Rows that are refused: each with line, column, what was found, what was expected, and the mend."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from duecourse.connectors.importers.invoices.table import Broken

SCHEMA = {
    "line": pl.UInt32,
    "column": pl.String,
    "cause": pl.String,
    "found": pl.String,
    "expected": pl.String,
    "mend": pl.String,
}
_FOUND = 80


@dataclass
class Refusals:
    """Collected while a file is read. Frame: line u32, column, cause, found, expected, mend; one row a problem."""

    frames: list[pl.DataFrame] = field(default_factory=list)

    def add(
        self,
        rows: pl.DataFrame,
        wrong: pl.Expr,
        *,
        column: str,
        cause: str,
        found: pl.Expr,
        expected: str | pl.Expr,
        mend: str,
    ) -> None:
        """Refuse the rows where `wrong` is true. `rows` has a column `line`."""
        picked = rows.filter(wrong.fill_null(False)).select(
            pl.col("line"),
            pl.lit(column).alias("column"),
            pl.lit(cause).alias("cause"),
            found.cast(pl.String).fill_null("nothing").str.slice(0, _FOUND).alias("found"),
            (pl.lit(expected) if isinstance(expected, str) else expected).alias("expected"),
            pl.lit(mend).alias("mend"),
        )
        if picked.height:
            self.frames.append(picked)

    def add_broken(self, broken: tuple[Broken, ...]) -> None:
        if broken:
            rows = [(b.line, b.column, b.cause, b.found, b.expected, b.mend) for b in broken]
            self.frames.append(pl.DataFrame(rows, schema=SCHEMA, orient="row"))

    def lines(self) -> pl.Series:
        """The lines refused so far, each once."""
        return self.frame()["line"].unique()

    def frame(self) -> pl.DataFrame:
        """All refusals in order of line."""
        return pl.concat([pl.DataFrame(schema=SCHEMA), *self.frames]).sort("line", "column", maintain_order=True)
