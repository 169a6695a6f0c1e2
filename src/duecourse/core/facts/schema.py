"""Schemas of fact frames: a mapping of column to type, checked where a frame enters the core."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

Schema = Mapping[str, pl.DataType | type[pl.DataType]]


class WrongFacts(ValueError):
    """A frame does not have the columns or types that its schema names."""


def conform(frame: pl.DataFrame, schema: Schema, *, name: str) -> pl.DataFrame:
    """The frame with exactly the schema's columns, in its order, cast to its types.

    >>> conform(pl.DataFrame({"debt": [1]}), {"debt": pl.Int64}, name="debts").columns
    ['debt']
    >>> conform(pl.DataFrame({"debit": [1]}), {"debt": pl.Int64}, name="debts")
    Traceback (most recent call last):
    ...
    duecourse.core.facts.schema.WrongFacts: debts: column debt is missing
    """
    for column in schema:
        if column not in frame.columns:
            raise WrongFacts(f"{name}: column {column} is missing")
    try:
        return frame.select([pl.col(c).cast(t) for c, t in schema.items()])
    except pl.exceptions.PolarsError as error:
        raise WrongFacts(f"{name}: {type(error).__name__}") from None


def empty(schema: Schema) -> pl.DataFrame:
    """A frame of this schema with no rows."""
    return pl.DataFrame(schema=dict(schema))
