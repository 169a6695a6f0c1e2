"""Whether forecasts serve some groups of customers worse than others. Groups are never features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.scores import auc, brier, coverage, mean_error
from duecourse.core.predict.types import Flags, Floats

ENOUGH = 50
"""Cases below which a group's figures are not given: they would be chance."""
COLUMNS = {
    "group": pl.String,
    "n": pl.Int64,
    "enough": pl.Boolean,
    "share_late": pl.Float64,
    "chance_late": pl.Float64,
    "wrongly_called_late": pl.Float64,
    "missed_late": pl.Float64,
    "mae": pl.Float64,
    "bias": pl.Float64,
    "auc_late": pl.Float64,
    "brier_late": pl.Float64,
    "coverage": pl.Float64,
}


@dataclass(frozen=True)
class Gap:
    """The largest difference of a figure between two groups that both have enough cases."""

    figure: str
    size: float
    lowest: str
    highest: str


def by_group(forecast: Forecast, actual: Floats, groups: pl.Series, *, called_late: float = 0.5) -> pl.DataFrame:
    """One row a group, in order of its name; figures are null where the group has fewer than `ENOUGH` cases.

    `bias`: mean of forecast less actual days. `wrongly_called_late`: of those paid on time, the share that was given a
    chance of at least `called_late`; `missed_late`: of those paid late, the share that was given less.
    """
    names = groups.cast(pl.String).fill_null("unknown")
    rows = [
        _row(name, forecast, actual, (names == name).to_numpy(), called_late)
        for name in names.unique().sort().to_list()
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def gaps(table: pl.DataFrame) -> list[Gap]:
    """For each figure where at least two groups have enough cases, how far apart they are; the widest first."""
    judged = table.filter(pl.col("enough"))
    found = []
    for figure in (
        "chance_late",
        "wrongly_called_late",
        "missed_late",
        "mae",
        "bias",
        "auc_late",
        "brier_late",
        "coverage",
    ):
        known = judged.filter(pl.col(figure).is_not_null()).sort(figure)
        if known.height >= 2:
            low, high = known.row(0, named=True), known.row(-1, named=True)
            found.append(Gap(figure, high[figure] - low[figure], low["group"], high["group"]))
    return sorted(found, key=lambda gap: -gap.size)


def _row(name: str, forecast: Forecast, actual: Floats, inside: Flags, called_late: float) -> dict[str, object]:
    days, late = actual[inside], actual[inside] > 0
    chance, middle = forecast.late[inside], forecast.middle[inside]
    if len(days) < ENOUGH:
        return {"group": name, "n": len(days), "enough": False}
    called = chance >= called_late
    return {
        "group": name,
        "n": len(days),
        "enough": True,
        "share_late": float(late.mean()),
        "chance_late": float(chance.mean()),
        "wrongly_called_late": _share(called[~late]),
        "missed_late": _share(~called[late]),
        "mae": mean_error(middle, days),
        "bias": float((middle - days).mean()),
        "auc_late": auc(chance, late),
        "brier_late": brier(chance, late),
        "coverage": coverage(forecast.low[inside], forecast.high[inside], days),
    }


def _share(flags: Flags) -> float | None:
    return float(np.mean(flags)) if len(flags) else None
