"""Frames made whole: what this world does not model is unknown to the decision, as in a book that never recorded it."""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.schema import Schema


def whole(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Exactly the columns of the schema; a missing text is empty, anything else that is missing is null.

    >>> whole(pl.DataFrame({"a": [1]}), {"a": pl.Int64, "region": pl.String}).rows()
    [(1, '')]
    """
    return frame.select(
        pl.col(column).cast(kind)
        if column in frame.columns
        else pl.lit("" if kind == pl.String else None, dtype=kind).alias(column)
        for column, kind in schema.items()
    )
