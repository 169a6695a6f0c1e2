"""A file of settled invoices as the frame that the forecast learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from duecourse.interfaces.cli.predict.columns import find_columns
from duecourse.interfaces.cli.predict.dates import find_way, read_dates
from duecourse.site.trouble import Trouble


@dataclass(frozen=True)
class Settled:
    """`frame`: the columns of core.predict.invoices.SCHEMA. `row_ids`: 0-based row of the file, for each row of it.

    `refused`: the rows that were left out, with the reason. `columns`: field → column of the file. `groups`: columns of
    the file as they are, for each row of `frame`; they are never learned from.
    """

    frame: pl.DataFrame
    row_ids: pl.Series
    refused: pl.DataFrame
    columns: Mapping[str, str]
    groups: pl.DataFrame


def read_settled(
    path: Path, *, said: Mapping[str, str] | None = None, way: str | None = None, groups: Sequence[str] = ()
) -> Settled:
    """Read CSV, plain or gzipped. Raises `Trouble` where it cannot be read at all."""
    table = _table(path)
    columns = find_columns(table.columns, said or {})
    if missing := [name for name in groups if name not in table.columns]:
        raise Trouble(f"The file has no column “{missing[0]}”.", f"It has: {', '.join(table.columns[:30])}.")
    dates = [f for f in ("due_date", "clear_date", "invoice_date", "disputed_at") if f in columns]
    way = find_way([table[columns[f]] for f in dates], way)
    read = pl.DataFrame({field: read_dates(table[columns[field]], way) for field in dates})
    blank = pl.lit("", dtype=pl.String)
    text = {
        f: table[columns[f]].str.strip_chars().fill_null("") if f in columns else blank for f in ("currency", "terms")
    }
    whole = read.with_columns(
        row_id=pl.int_range(pl.len(), dtype=pl.Int64),
        customer=table[columns["customer"]].str.strip_chars().fill_null(""),
        currency=text["currency"],
        terms=text["terms"],
        number=_number(table[columns["amount"]]),
    ).with_columns(
        why=pl.when(pl.col("customer") == "")
        .then(pl.lit("no customer"))
        .when(pl.col("due_date").is_null())
        .then(pl.lit("no due date, or one that cannot be read"))
        .when(pl.col("number").is_null())
        .then(pl.lit("no amount, or one that cannot be read"))
    )
    kept = whole.filter(pl.col("why").is_null())
    return Settled(
        _invoices(kept),
        kept["row_id"],
        whole.filter(pl.col("why").is_not_null()),
        columns,
        table[kept["row_id"].to_list()].select(groups),
    )


def _invoices(kept: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.Date)
    there = kept.columns
    return kept.select(
        "customer",
        "currency",
        "terms",
        amount=_minor(),
        issued=pl.col("invoice_date") if "invoice_date" in there else nothing,
        due="due_date",
        settled="clear_date",
        disputed=pl.col("disputed_at") if "disputed_at" in there else nothing,
    )


def _minor() -> pl.Expr:
    from duecourse.core.money.currency import exponent

    scale = pl.col("currency").map_elements(lambda c: 10.0 ** exponent(c), return_dtype=pl.Float64)
    # Far beyond any invoice, and still a whole number that every machine holds exactly.
    return (pl.col("number") * scale).round().clip(-(2**53), 2**53).cast(pl.Int64)


def _number(column: pl.Series) -> pl.Series:
    """1234.5, 1,234.50, 1.234,50, (12.00), £5: the last separator is the decimal one where two kinds or two digits follow."""
    bare = column.str.replace_all(r"[^0-9.,()\-]", "").str.replace(r"^\((.*)\)$", "-$1").str.replace(r"^(.+)-$", "-$1")
    frame = pl.DataFrame({"whole": column.str.strip_chars(), "n": bare})
    comma = pl.col("n").str.contains(r",\d{1,2}$") & ~pl.col("n").str.contains(r",.*,|,.*\.")
    european = pl.col("n").str.replace_all(r"\.", "").str.replace(",", ".")
    plain = pl.col("n").str.replace_all(",", "")
    # As it stands first, so that 1.00E+05 keeps its exponent.
    read = pl.when(comma).then(european).otherwise(plain)
    number = pl.coalesce(pl.col("whole").cast(pl.Float64, strict=False), read.cast(pl.Float64, strict=False))
    return frame.select(pl.when(number.is_finite()).then(number)).to_series()


def _table(path: Path) -> pl.DataFrame:
    try:
        head = _head(path)
        separator = max(",;\t|", key=head.count)
        table = pl.read_csv(
            path, infer_schema=False, separator=separator, encoding="utf8-lossy", truncate_ragged_lines=True
        )
    except pl.exceptions.NoDataError as error:
        raise Trouble(f"{path.name} is empty.", "Choose a file with a header line and invoices below it.") from error
    except (pl.exceptions.ComputeError, EOFError, OSError) as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        raise Trouble(f"{path.name} cannot be read as CSV.", "Save it as CSV (UTF-8) and try again.") from error
    names = [name.removeprefix("\ufeff").strip() for name in table.columns]
    return table.rename(dict(zip(table.columns, names, strict=True)))


def _head(path: Path) -> str:
    """The header line. A gzipped file is opened no further than this."""
    import gzip

    with path.open("rb") as handle:
        zipped = handle.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if zipped else path.open("rb") as lines:
        return lines.readline(65536).decode("utf-8", errors="replace")
