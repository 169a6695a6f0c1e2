"""Contacts that a day refused: from the decision frames that it kept."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from duecourse.core.decide.explain import headline
from duecourse.records.journal.models import RunPart
from duecourse.records.tenancy import scope

REFUSED = ("wait", "task")


def refused(first: int, last: int, runs: Path) -> pl.DataFrame:
    """One row for each customer and day where a step was reached and something said no: a rule, a hold, a promise."""
    with scope("all"):
        parts = list(
            RunPart.objects.filter(first_shard__lte=last, last_shard__gte=first)
            .order_by("run_id", "first_shard")
            .values_list("run_id", "first_shard", "run__decided_at", "run__playbook")
        )
    frames = []
    for run, shard, decided_at, playbook in parts:
        path = runs / str(run) / f"{shard:03d}.decisions.parquet"
        if path.exists():  # frames may have been moved away; the journal's own rows are exported all the same
            frames.append(_of_part(path, first, last, run, decided_at, playbook))
    return pl.concat(frames) if frames else pl.DataFrame()


def _of_part(path: Path, first: int, last: int, run: int, decided_at: object, playbook: str) -> pl.DataFrame:
    asked = (
        pl.scan_parquet(path)
        .filter(
            pl.col("verdict").cast(pl.String).is_in(REFUSED)
            & (pl.col("step") > 0)
            & pl.col("shard").is_between(first, last)
        )
        .select("customer", "debts", "channel", "not_before", "why", "rules")
        .collect()
    )
    words = {why: headline(why) for why in asked["why"].unique()}
    # What no law says is a rule of the house; it is named by its reason.
    house = pl.concat_list(
        pl.struct(
            id=pl.col("why"), citation=pl.lit("House rule"), version=pl.lit(playbook), outcome=pl.lit("block"),
            detail=pl.col("why").replace_strict(words, default=None, return_dtype=pl.String),
        )
    )  # fmt: skip
    return asked.select(
        contact_id=pl.format("{}:{}", pl.lit(run), "customer"),
        run_id=pl.lit(run, pl.Int64),
        customer_id="customer",
        debts="debts",
        channel="channel",
        direction=pl.lit("out"),
        purpose=pl.lit("reminder"),
        planned_at=pl.lit(decided_at),
        outcome=pl.lit("not_sent"),
        decision=pl.lit("block"),
        not_before="not_before",
        why="why",
        rules=pl.when(pl.col("rules").list.len() > 0).then("rules").otherwise(house),
    )
