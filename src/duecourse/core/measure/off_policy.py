"""What another strategy would have brought, from decisions that were drawn by lot and logged with their chance.

Doubly robust: the mean of each action in a stratum, mended by what was seen, weighed by the inverse of its chance
(Robins, Rotnitzky and Zhao, 1994; Dudík, Langford and Li, 2011). Right where either the chances or the means are right.
Where history never tried what the strategy would do, there is no number: `cannot_tell`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import polars as pl

from duecourse.core.facts.schema import Schema, conform

HISTORY: Final[Schema] = {
    "unit": pl.Int64,  # a customer; its rows count as one
    "stratum": pl.String,  # what the strategies may look at, such as the segment
    "action": pl.String,
    "propensity": pl.Float64,  # the chance with which this action was drawn, as logged
    "outcome": pl.Float64,
}
POLICY: Final[Schema] = {"stratum": pl.String, "action": pl.String, "share": pl.Float64}
"""Of a stratum, which share gets which action. Shares of a stratum sum to one."""

SEEN: Final = 20
"""Units that must have had an action in a stratum before anything is said of it."""
LEAST_CHANCE: Final = 0.01
"""An action drawn more seldom than this was as good as never tried."""
Z: Final = {0.9: 1.6449, 0.95: 1.96}


@dataclass(frozen=True)
class Estimate:
    """`says`: told, told_in_part (of `covered` units out of `units`), or cannot_tell, and then there is no value.

    `effective` is the number of units that carry as much weight as the weighted ones do.
    """

    says: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    covered: int
    effective: float
    untried: tuple[tuple[str, str], ...]  # (stratum, action) that history cannot speak of


def difference(history: pl.DataFrame, now: pl.DataFrame, new: pl.DataFrame, *, level: float = 0.9) -> Estimate:
    """The mean outcome under `new` less that under `now`. Raises WrongFacts; ValueError where shares do not sum to one."""
    return _estimate(history, (now, new), (-1.0, 1.0), level)


def worth(history: pl.DataFrame, policy: pl.DataFrame, *, level: float = 0.9) -> Estimate:
    """The mean outcome under a policy."""
    return _estimate(history, (policy,), (1.0,), level)


def _estimate(
    history: pl.DataFrame, policies: tuple[pl.DataFrame, ...], signs: tuple[float, ...], level: float
) -> Estimate:
    rows = conform(history, HISTORY, name="history")
    wanted = [conform(policy, POLICY, name="policy").filter(pl.col("share") > 0) for policy in policies]
    for policy in wanted:
        _sums_to_one(policy, rows)
    seen = (
        rows.filter(pl.col("propensity") >= LEAST_CHANCE)
        .group_by("stratum", "action")
        .agg(pl.col("unit").n_unique().alias("seen"), pl.col("outcome").mean().alias("mean"))
        .filter(pl.col("seen") >= SEEN)
    )
    asked = pl.concat(wanted).select("stratum", "action").unique().join(rows.select("stratum").unique(), on="stratum")
    untried = asked.join(seen, on=["stratum", "action"], how="anti").sort("stratum", "action")
    units = rows["unit"].n_unique()
    told = rows.filter(~pl.col("stratum").is_in(untried["stratum"].implode()))
    covered = told["unit"].n_unique()
    gaps = tuple((str(s), str(a)) for s, a in untried.iter_rows())
    if covered == 0:
        return Estimate("cannot_tell", None, None, None, units, 0, 0.0, gaps)
    scored = told
    weight = pl.lit(0.0)
    for n, (policy, sign) in enumerate(zip(wanted, signs, strict=True)):
        scored = _scored(scored, policy, seen, f"s{n}", sign)
        weight = weight + pl.col(f"w_s{n}")
    by_unit = (
        scored.with_columns(score=pl.sum_horizontal(f"s{n}" for n in range(len(wanted))), weight=weight)
        .group_by("unit")
        .agg(pl.col("score").mean(), pl.col("weight").mean())
    )
    value = float(by_unit["score"].mean())  # type: ignore[arg-type]
    n = by_unit.height
    spread = float(by_unit["score"].std() or 0.0)  # type: ignore[arg-type]
    effective = float(by_unit["weight"].sum()) ** 2 / max(float((by_unit["weight"] ** 2).sum()), 1e-12)
    half = Z[level] * spread / math.sqrt(n)
    says = "told" if covered == units else "told_in_part"
    return Estimate(says, value, value - half, value + half, units, covered, effective, gaps)


def _scored(rows: pl.DataFrame, policy: pl.DataFrame, seen: pl.DataFrame, name: str, sign: float) -> pl.DataFrame:
    """Rows with a doubly robust score and the weight of what was seen."""
    means = seen.select("stratum", "action", "mean")
    model = (
        policy.join(means, on=["stratum", "action"])
        .group_by("stratum")
        .agg((pl.col("share") * pl.col("mean")).sum().alias("model"))
    )
    return (
        rows.drop("model", "mean", "share", strict=False)
        .join(model, on="stratum", how="left")
        .join(means, on=["stratum", "action"], how="left")
        .join(policy, on=["stratum", "action"], how="left")
        .with_columns((pl.col("share").fill_null(0) / pl.col("propensity")).alias(f"w_{name}"))
        .with_columns(
            (
                sign
                * (
                    pl.col("model")
                    + pl.col(f"w_{name}") * (pl.col("outcome") - pl.col("mean").fill_null(pl.col("outcome")))
                )
            ).alias(name)
        )
    )


def _sums_to_one(policy: pl.DataFrame, rows: pl.DataFrame) -> None:
    sums = policy.group_by("stratum").agg(pl.col("share").sum())
    wrong = sums.filter((pl.col("share") - 1).abs() > 1e-9)
    if wrong.height:
        raise ValueError(f"the shares of stratum {wrong['stratum'][0]!r} sum to {wrong['share'][0]:.3f}, not to one")
    missing = rows.select("stratum").unique().join(sums, on="stratum", how="anti")
    if missing.height:
        raise ValueError(f"the policy does not say what it does in stratum {missing['stratum'][0]!r}")
