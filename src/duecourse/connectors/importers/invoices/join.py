"""Rows with one invoice number become one invoice, or are refused together: part of an invoice is part of its money."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.fields import DATES, MONEY, TEXTS
from duecourse.connectors.importers.invoices.lines import has_lines
from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.refusals import Refusals

_TOTALS = ("amount", "net_amount", "tax_amount", "open_amount", "paid_amount", "credited_amount")
_FOUND = ("email_found", "country_found", "open_found", "paid_found", "defaulted")
# What two rows with one number must agree on; other texts may differ, and the first one counts.
_SAME = ("customer_ref", "customer_name", "issued_date", "due_date", "settled_date", "currency", *_TOTALS)


def join_rows(
    frame: pl.DataFrame, mapping: Mapping, broken: list[int], refusals: Refusals
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row an invoice number: `line` is its first line, `lines` all. Also the rows that said the same again.

    `broken`: lines that could not be cut into cells. Where rows are lines of invoices, such a line may belong to the
    invoice above it or below, so both are refused with it.
    """
    column = mapping.column("invoice_ref") or ""
    refusals.add(
        frame,
        pl.col("invoice_ref").is_null(),
        column=column,
        cause="no_number",
        found=pl.lit("nothing"),
        expected="an invoice number",
        mend="Fill in the number; without it the invoice cannot be found again.",
    )
    lines = has_lines(mapping)
    bad = refusals.lines()
    beside = _beside(frame["line"], broken) if lines else []
    frame = frame.with_columns(bad=pl.col("line").is_in([*bad.to_list(), *beside]))
    joined = _group(frame.filter(pl.col("invoice_ref").is_not_null()))
    differs = pl.any_horizontal([pl.col(f"n_{c}") > 1 for c in _SAME])
    _refuse_twice(joined.filter(differs), mapping, column, refusals)
    _refuse_rows(_rows_of(joined.filter(pl.col("bad"))).filter(~pl.col("line").is_in(bad.implode())), column, refusals)
    kept = joined.filter(~pl.col("bad") & ~differs).drop([f"n_{c}" for c in _SAME], "bad")
    again = _rows_of(kept).filter(~pl.col("invoice_ref").is_first_distinct() & pl.lit(not lines))
    if not lines:
        kept = kept.with_columns(lines=pl.col("lines").list.head(1))
    return kept, again.select("line", pl.lit("repeats").alias("reason"))


def refuse_rest(joined: pl.DataFrame, mapping: Mapping, refusals: Refusals) -> None:
    """Where an invoice was refused by its first line, refuse its other lines too, so that all come back together."""
    bad = refusals.lines()
    rest = _rows_of(joined.filter(pl.col("line").is_in(bad.implode()))).filter(~pl.col("line").is_in(bad.implode()))
    _refuse_rows(rest, mapping.column("invoice_ref") or "", refusals)


def _refuse_rows(rows: pl.DataFrame, column: str, refusals: Refusals) -> None:
    refusals.add(
        rows,
        pl.lit(True),
        column=column,
        cause="other_row",
        found=pl.col("invoice_ref"),
        expected="all rows of the invoice to be readable",
        mend="Mend the row of this invoice, or the row beside it, that is listed here, and import all of them.",
    )


def _group(named: pl.DataFrame) -> pl.DataFrame:
    firsts = [
        c
        for c in (*TEXTS, "state", "document", *DATES, *MONEY, "currency", *_FOUND)
        if c in named.columns and c != "invoice_ref"
    ]
    total = pl.when(pl.col("line_total").count() > 0).then(pl.col("line_total").sum())
    return named.group_by("invoice_ref", maintain_order=True).agg(
        pl.col("line").first(),
        pl.col("line").alias("lines"),
        pl.col("bad").any(),
        *(pl.col(c).drop_nulls().first() for c in firsts),
        *([total.alias("line_total"), pl.col("line_freight").max()] if "line_total" in named.columns else []),
        *(pl.col(c).drop_nulls().n_unique().alias(f"n_{c}") for c in _SAME),
    )


def _beside(lines: pl.Series, broken: list[int]) -> list[int]:
    """The lines nearest above and below each broken one."""
    found: list[int] = []
    for line in broken:
        above, below = lines.filter(lines < line), lines.filter(lines > line)
        found += above.tail(1).to_list() + below.head(1).to_list()
    return found


def _rows_of(joined: pl.DataFrame) -> pl.DataFrame:
    return joined.drop("line").explode("lines", empty_as_null=True).rename({"lines": "line"})


def _refuse_twice(twice: pl.DataFrame, mapping: Mapping, column: str, refusals: Refusals) -> None:
    which = pl.coalesce([pl.when(pl.col(f"n_{c}") > 1).then(pl.lit(mapping.column(c) or c)) for c in _SAME])
    refusals.add(
        _rows_of(twice.with_columns(which=which)),
        pl.lit(True),
        column=column,
        cause="number_twice",
        found=pl.col("invoice_ref"),
        expected=pl.format("one invoice with this number; {} differs between its rows", pl.col("which")),
        mend="Keep one of the rows, or give each invoice its own number.",
    )
