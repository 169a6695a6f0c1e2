"""Parsed rows made ready for the book: each with its shard, in the order in which they are written."""

from __future__ import annotations

import polars as pl

from duecourse.records.sharded import shard_of

CUSTOMER = ("customer_name", "customer_kind", "email", "phone", "address", "region", "country", "language", "timezone")


def ordered(rows: pl.DataFrame, creditor: int) -> pl.DataFrame:
    """Add `shard` and `position` (0, 1, 2 …) in order of shard, customer and line; the same on every call.

    A customer's rows stand together, so a batch that ends between customers never splits one.
    """
    refs = rows["customer_ref"].unique().to_list()
    shards = pl.DataFrame(
        {"customer_ref": refs, "shard": [shard_of(creditor, ref) for ref in refs]},
        schema={"customer_ref": pl.String, "shard": pl.Int16},
    )
    return (
        rows.join(shards, on="customer_ref", how="left")
        .sort("shard", "customer_ref", "line")
        .with_row_index("position")
    )


def customers_of(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a customer: shard, customer_ref, and of each detail the first that any of its rows gives."""
    return rows.group_by("shard", "customer_ref", maintain_order=True).agg(
        pl.col(c).drop_nulls().first() for c in CUSTOMER
    )


def batches(rows: pl.DataFrame, size: int) -> list[tuple[int, int]]:
    """(first, end) positions of batches of about `size` rows that end between customers.

    >>> batches(pl.DataFrame({"shard": [1, 1, 1, 2], "customer_ref": ["a", "a", "b", "c"]}), 1)
    [(0, 2), (2, 3), (3, 4)]
    """
    starts = rows.select(pl.struct("shard", "customer_ref").rle_id().diff().fill_null(1) != 0).to_series().arg_true()
    edges = [*starts.to_list(), rows.height]
    found, first = [], 0
    for edge in edges[1:]:
        if edge - first >= size or edge == rows.height:
            found.append((first, edge))
            first = edge
    return found
