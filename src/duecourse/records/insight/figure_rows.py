"""The rows behind a figure, with the references that people know them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import polars as pl

from duecourse.core.measure.rows import ROWS
from duecourse.records import arrow
from duecourse.records.measures import ranges, sheet


def figure_rows(
    name: str, *, as_of: date, currency: str, creditors: Sequence[int] | None
) -> Iterator[tuple[Sequence[str], Iterable[Sequence[object]]]]:
    """(columns, rows) for each range of shards: what `core.measure.rows` counts, ids turned into references."""
    for first, last in ranges(creditors):
        part = ROWS[name](sheet(first, last, as_of=as_of, creditors=creditors), as_of)
        found = _with_refs(part.filter(pl.col("currency") == currency), first, last)
        yield found.columns, found.iter_rows()


def _with_refs(part: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    if "customer" not in part.columns:
        return part.sort(part.columns[:2])
    where = f"shard BETWEEN {int(first)} AND {int(last)}"
    customers = arrow.read(
        f"SELECT id AS customer, ref AS customer_ref, name AS customer_name FROM customer WHERE {where}"
    )
    out = part.join(customers, on="customer", how="left").sort(part.columns[0])
    if "debt" in part.columns:
        debts = arrow.read(f"SELECT id AS debt, ref AS invoice FROM debt WHERE {where}")
        out = out.join(debts, on="debt", how="left", maintain_order="left")
    lead = [c for c in ("customer_ref", "customer_name", "invoice") if c in out.columns]
    return out.select(*lead, pl.exclude(*lead, "customer"))
