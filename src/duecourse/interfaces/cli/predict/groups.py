"""The fairness report of an evaluation: how each group of a column was served, and the widest gaps."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import polars as pl

    from duecourse.core.predict.evaluate import Evaluation

FIGURES = {
    "chance_late": "chance of being late",
    "wrongly_called_late": "wrongly called late",
    "missed_late": "late ones missed",
    "mae": "mean error in days",
    "bias": "forecast later than it came, in days",
    "auc_late": "late told from not late (AUC)",
    "brier_late": "error of the chance (Brier)",
    "coverage": "inside the band",
}


def served(found: Evaluation, groups: pl.DataFrame) -> dict[str, Any]:
    """Column → `groups` (one entry each) and `gaps` (widest first). Empty lists where nothing could be said."""
    from duecourse.core.predict.fairness import by_group, gaps

    if found.forecast is None:
        return {name: {"groups": [], "gaps": []} for name in groups.columns}
    ended = found.ended
    told, rows = found.forecast.where(ended), found.rows[ended].tolist()
    out = {}
    for name in groups.columns:
        table = by_group(told, found.actual, groups[name][rows])
        out[name] = {"groups": table.to_dicts(), "gaps": [asdict(gap) for gap in gaps(table)]}
    return out


def tell(report: dict[str, Any]) -> None:
    """Print, for each column, how many cases each group has and where the groups differ most."""
    for column, part in report.items():
        few = [row["group"] for row in part["groups"] if not row["enough"]]
        counts = ", ".join(f"{row['group']} {row['n']:,}" for row in part["groups"])
        click.echo(f"\n{column}: {counts}")
        if few:
            click.echo(f"  Too few cases to judge: {', '.join(few)}.")
        for gap in part["gaps"]:
            click.echo(
                f"  {FIGURES[gap['figure']]}: {gap['size']:.3f} more for {gap['highest']} than for {gap['lowest']}"
            )
