"""Before and after a change, segment by segment, with how unsure it is. Not a trial: other things changed too."""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.facts.schema import Schema, conform
from duecourse.core.measure.uplift import EACH, Z95

ROWS: Final[Schema] = {"customer": pl.Int64, "segment": pl.String, "after": pl.Boolean, "outcome": pl.Float64}


def before_after(rows: pl.DataFrame) -> pl.DataFrame:
    """segment, before, after, customers, difference, low, high, says; the whole book first, under the segment "".

    A customer's rows of a side count as one, since they are alike. `says` is higher, lower, no_clear_change, cannot_tell.
    Raises WrongFacts.
    """
    own = (
        conform(rows, ROWS, name="before and after")
        .group_by("customer", "segment", "after")
        .agg(pl.col("outcome").mean())
    )
    both = pl.concat([own.with_columns(segment=pl.lit("")), own])
    after, y = pl.col("after"), pl.col("outcome")
    found = both.group_by("segment").agg(
        customers=pl.col("customer").n_unique(),
        n_before=(~after).sum(),
        n_after=after.sum(),
        before=y.filter(~after).mean(),
        now=y.filter(after).mean(),
        variance=y.filter(after).var() / after.sum() + y.filter(~after).var() / (~after).sum(),
    )
    enough = (pl.col("n_before") >= EACH) & (pl.col("n_after") >= EACH)
    gap, half = pl.col("now") - pl.col("before"), Z95 * pl.col("variance").sqrt()
    return (
        found.select(
            "segment",
            "customers",
            "before",
            after="now",
            difference=pl.when(enough).then(gap),
            low=pl.when(enough).then(gap - half),
            high=pl.when(enough).then(gap + half),
        )
        .with_columns(
            says=pl.when(pl.col("low").is_null())
            .then(pl.lit("cannot_tell"))
            .when(pl.col("low") > 0)
            .then(pl.lit("higher"))
            .when(pl.col("high") < 0)
            .then(pl.lit("lower"))
            .otherwise(pl.lit("no_clear_change"))
        )
        .sort("segment")
    )
