"""Rows that are no invoices: totals, subtotals and group titles of a report."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from duecourse.connectors.importers.invoices.mapping import Choice, Mapping
from duecourse.connectors.importers.invoices.notes import LEFT_OUT
from duecourse.connectors.importers.invoices.table import Table

GROUP_TITLE = "Title of the group"
_TOTAL = r"(?i)^(grand\s+|sub)?\s*totals?\b|^(zwischen|gesamt)?summe\b|^gesamt\b|^sous-total|^somme\b|^suma\b|^totales?\b|^endsumme"


def clear_furniture(table: Table, mapping: Mapping) -> tuple[Table, Mapping, pl.DataFrame]:
    """Take out totals and titles; where no column names the customer, the title above a group does.

    Returns the table, the mapping (with the added column), and the rows taken out as (line, reason). A total has no
    date: a customer called “Total Fitness” with a dated invoice stays.
    """
    if table.height == 0:
        return table, mapping, pl.DataFrame(schema=LEFT_OUT)
    filled = [pl.col(h).str.strip_chars().str.len_chars().fill_null(0) > 0 for h in table.headers]
    first = pl.coalesce([pl.when(f).then(pl.col(h)) for f, h in zip(filled, table.headers, strict=True)])
    dates = [c for f in ("issued_date", "due_date") if (c := mapping.column(f))]
    dated = (
        pl.any_horizontal([pl.col(c).str.contains(r"\d") for c in dates]).fill_null(False) if dates else pl.lit(False)
    )
    lone = (pl.sum_horizontal(filled) == 1) & filled[0]
    marked = table.cells.select(
        total=(first.str.strip_chars().str.contains(_TOTAL) & ~dated).fill_null(False),
        title=(lone & pl.lit(len(table.headers) > 3)).fill_null(False),
        name=first.str.strip_chars(),
    )
    total, title = marked["total"], marked["title"] & ~marked["total"]
    reason = marked.select(pl.when(total).then(pl.lit("totals")).when(title).then(pl.lit("titles")).alias("reason"))
    taken_out = reason.insert_column(0, table.lines).filter(pl.col("reason").is_not_null())
    keep = ~(total | title)
    if title.any() and mapping.column("customer_name") is None and mapping.column("customer_ref") is None:
        names = (
            marked.select(pl.when(title).then(pl.col("name")).forward_fill())
            .to_series()
            .str.replace(r"\s+\(\d+\)$", "")
        )
        table = _with_column(table, names)
        mapping = replace(
            mapping,
            choices=(
                *mapping.choices,
                Choice(GROUP_TITLE, "customer_name", 0.8, "The line above each group names it."),
            ),
        )
    return (
        replace(
            table,
            cells=table.cells.filter(keep),
            lines=table.lines.filter(keep),
            native=table.native.filter(keep) if table.native is not None else None,
        ),
        mapping,
        taken_out,
    )


def _with_column(table: Table, names: pl.Series) -> Table:
    native = table.native.with_columns(pl.lit(False).alias(GROUP_TITLE)) if table.native is not None else None
    return replace(
        table,
        headers=(*table.headers, GROUP_TITLE),
        cells=table.cells.with_columns(names.alias(GROUP_TITLE)),
        native=native,
    )
