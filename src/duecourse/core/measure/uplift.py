"""What a contact adds: the difference it makes, not how many paid after it. From trials, or from history with strata.

>>> seen = pl.DataFrame({"stratum": ["a"] * 80, "treated": [True, False] * 40, "outcome": [1.0, 0.0] * 40})
>>> effect(seen).value
1.0
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import polars as pl

from duecourse.core.facts.schema import Schema, conform

SEEN: Final[Schema] = {"stratum": pl.String, "treated": pl.Boolean, "outcome": pl.Float64}
EACH: Final = 20
"""Rows that each side of a stratum must have before anything is said of it."""
Z95: Final = 1.96


@dataclass(frozen=True)
class Effect:
    """Treated less untreated, with its 95 in 100 interval; None where history cannot tell. `covered` of `rows` are told."""

    value: float | None
    low: float | None
    high: float | None
    rows: int
    covered: int


def effect(seen: pl.DataFrame) -> Effect:
    """The mean effect over the strata, each weighed by its rows: right where treatment was by lot within a stratum.

    Raises WrongFacts.
    """
    strata = by_stratum(seen).filter(pl.col("says") != "cannot_tell")
    rows, covered = seen.height, int(strata["rows"].sum())
    if covered == 0:
        return Effect(None, None, None, rows, 0)
    share = strata["rows"] / covered
    value = float((share * strata["uplift"]).sum())
    half = Z95 * math.sqrt(float((share**2 * strata["variance"]).sum()))
    return Effect(value, value - half, value + half, rows, covered)


def by_stratum(seen: pl.DataFrame) -> pl.DataFrame:
    """stratum, rows, uplift, variance, low, high, says (helps, harms, no_clear_effect, cannot_tell), most uplift first."""
    rows = conform(seen, SEEN, name="seen")
    treated, y = pl.col("treated"), pl.col("outcome")
    found = rows.group_by("stratum").agg(
        rows=pl.len(),
        with_it=treated.sum(),
        without=(~treated).sum(),
        uplift=y.filter(treated).mean() - y.filter(~treated).mean(),
        variance=y.filter(treated).var() / treated.sum() + y.filter(~treated).var() / (~treated).sum(),
    )
    half = Z95 * pl.col("variance").sqrt()
    enough = (pl.col("with_it") >= EACH) & (pl.col("without") >= EACH)
    low, high = pl.col("uplift") - half, pl.col("uplift") + half
    return (
        found.with_columns(
            low=low,
            high=high,
            says=pl.when(~enough)
            .then(pl.lit("cannot_tell"))
            .when(low > 0)
            .then(pl.lit("helps"))
            .when(high < 0)
            .then(pl.lit("harms"))
            .otherwise(pl.lit("no_clear_effect")),
        )
        .drop("with_it", "without")
        .sort("uplift", "stratum", descending=[True, False], nulls_last=True)
    )


def ranked(units: pl.DataFrame, strata: pl.DataFrame, *, worth: str = "worth") -> pl.DataFrame:
    """Units (unit, stratum, `worth`) by what a contact is expected to add, most first: `gain`, and `contact` where it helps.

    Effects of small strata are drawn toward the mean of all, by how unsure they are, so that luck does not come first.
    """
    known = strata.filter(pl.col("says") != "cannot_tell")
    if known.is_empty():
        return units.with_columns(gain=pl.lit(None, pl.Float64), contact=pl.lit(None, pl.Boolean))
    mean = float((known["uplift"] * known["rows"]).sum()) / float(known["rows"].sum())
    between = max(0.0, float(known["uplift"].var() or 0.0) - float(known["variance"].mean() or 0.0))  # type: ignore[arg-type]
    trust = pl.lit(between) / (pl.lit(between) + pl.col("variance")) if between > 0 else pl.lit(0.0)
    drawn = known.select("stratum", "says", expected=mean + trust * (pl.col("uplift") - mean))
    return (
        units.join(drawn, on="stratum", how="left", maintain_order="left")
        .with_columns(gain=pl.col("expected") * pl.col(worth), contact=pl.col("expected") > 0)
        .drop("expected", "says")
        .sort("gain", "unit", descending=[True, False], nulls_last=True)
    )
