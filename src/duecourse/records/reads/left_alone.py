"""Who was left alone in the newest run, and why: from the frames that the run kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import polars as pl

from duecourse.records.journal.models import Run, RunPart
from duecourse.records.parties.models import Creditor

ALONE = ("wait", "nothing")
"""Verdicts that contact nobody."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """`by_why` counts customers by reason code, most first; of the creditors in scope."""

    run_id: int
    decided_at: datetime
    customers: int
    by_why: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(n for _, n in self.by_why)


def left_alone(folder: Path) -> LeftAlone | None:
    """None where no run is done. `folder` holds the frames, one directory a run."""
    run = Run.objects.filter(state="done").order_by("-id").first()
    if run is None:
        return None
    paths = _paths(folder, run.id)
    mine = frozenset(Creditor.objects.values_list("id", flat=True))
    counted = _counted(paths, mine)
    customers = sum(n for _, n in counted)
    alone = [(why, n) for (verdict, why), n in counted if verdict in ALONE]
    return LeftAlone(run.id, run.decided_at, customers, tuple(sorted(alone, key=lambda pair: -pair[1])))


def of_reason(folder: Path, run_id: int, why: str, *, after: int = 0, limit: int = 25) -> list[tuple[int, int]]:
    """(shard, customer) of one reason, in order of customer id after `after`; of the creditors in scope."""
    mine = list(Creditor.objects.values_list("id", flat=True))
    found = (
        _scan(_paths(folder, run_id))
        .filter(
            (pl.col("why") == why)
            & pl.col("verdict").cast(pl.String).is_in(ALONE)
            & (pl.col("customer") > after)
            & pl.col("creditor").is_in(mine)
        )
        .select("shard", "customer")
        .bottom_k(limit, by="customer")
        .collect()
    )
    return sorted(found.iter_rows(), key=lambda pair: pair[1])


def _paths(folder: Path, run_id: int) -> tuple[Path, ...]:
    firsts = RunPart.objects.filter(run_id=run_id).order_by("first_shard").values_list("first_shard", flat=True)
    paths = (folder / str(run_id) / f"{first:03d}.decisions.parquet" for first in firsts)
    return tuple(p for p in paths if p.exists())


def _scan(paths: Iterable[Path]) -> pl.LazyFrame:
    frames = [pl.scan_parquet(p).select("shard", "customer", "creditor", "verdict", "why") for p in paths]
    return (
        pl.concat(frames)
        if frames
        else pl.LazyFrame(
            schema={
                "shard": pl.Int16,
                "customer": pl.Int64,
                "creditor": pl.Int64,
                "verdict": pl.String,
                "why": pl.String,
            }
        )
    )


@lru_cache(maxsize=64)
def _counted(paths: tuple[Path, ...], creditors: frozenset[int]) -> tuple[tuple[tuple[str, str], int], ...]:
    """(verdict, why) → customers. The frames of a run that is done never change, so an answer is kept."""
    rows = (
        _scan(paths)
        .filter(pl.col("creditor").is_in(list(creditors)))
        .group_by(pl.col("verdict").cast(pl.String), "why")
        .len()
        .collect()
    )
    return tuple(((verdict, why), n) for verdict, why, n in rows.iter_rows())
