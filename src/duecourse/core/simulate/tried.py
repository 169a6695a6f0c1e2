"""Strategies tried on the same simulated worlds: what each came to, and each against the first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from duecourse.core.decide.playbook import Playbook
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.assumptions import Assumptions, stated
from duecourse.core.simulate.compare import Difference, compare
from duecourse.core.simulate.live import live
from duecourse.core.simulate.outcome import MEASURES, by_customer, value


@dataclass(frozen=True)
class Lived:
    """One strategy: `values` are means over worlds, `refusals` counts by rule, `hash` of all event logs together."""

    label: str
    hash: str
    values: tuple[tuple[str, float | None], ...]
    refusals: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Tried:
    """All strategies, the first of which the others are compared with."""

    customers: int
    days: int
    seeds: tuple[int, ...]
    lived: tuple[Lived, ...]
    against_first: tuple[tuple[str, tuple[Difference, ...]], ...]
    assumed: dict[str, float]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "customers": self.customers,
            "days": self.days,
            "seeds": list(self.seeds),
            "playbooks": [
                {
                    "playbook": one.label,
                    "hash": one.hash,
                    **dict(one.values),
                    "refusals": dict(one.refusals),
                }
                for one in self.lived
            ],
            "differences": [
                {
                    "playbook": label,
                    "against": self.lived[0].label,
                    "measure": d.measure.key,
                    "name": d.measure.name,
                    "unit": d.measure.unit,
                    "now": d.now,
                    "new": d.new,
                    "difference": d.mean,
                    "low": d.low,
                    "high": d.high,
                    "says": d.says,
                }
                for label, differences in self.against_first
                for d in differences
            ],
            "assumptions": self.assumed,
        }


def tried(
    playbooks: Sequence[Playbook],
    *,
    customers: int,
    days: int,
    seeds: Sequence[int],
    start: date,
    rules: Rulebook,
    assumed: Assumptions | None = None,
    progress: Callable[[int], None] = lambda days: None,
) -> Tried:
    """Live every world under every strategy."""
    assumptions = assumed or Assumptions()
    frames: list[list[pl.DataFrame]] = []
    lived = []
    for playbook in playbooks:
        own, logs, stopped = [], hashlib.sha256(), []
        for seed in seeds:
            world = live(
                playbook, customers=customers, days=days, seed=seed, start=start, rules=rules, assumed=assumptions,
                progress=progress,
            )  # fmt: skip
            own.append(by_customer(world))
            logs.update(world.log.hash().encode())
            events = world.log.frame()
            stopped.append(
                events.filter(
                    pl.col("kind").is_in(["refused", "deferred"]) & pl.col("what").str.starts_with("rule:")
                ).select(rule=pl.col("what").str.strip_prefix("rule:"))
            )
        frames.append(own)
        counts = pl.concat(stopped).group_by("rule").len().sort(["len", "rule"], descending=[True, False])
        lived.append(Lived(playbook.label, logs.hexdigest(), _means(own), tuple(counts.rows())))
    against = tuple((one.label, tuple(compare(frames[0], new))) for one, new in zip(lived[1:], frames[1:], strict=True))
    return Tried(customers, days, tuple(seeds), tuple(lived), against, stated(assumptions))


def _means(frames: Sequence[pl.DataFrame]) -> tuple[tuple[str, float | None], ...]:
    found = []
    for measure in MEASURES:
        known = [v for v in (value(frame, measure) for frame in frames) if v is not None]
        found.append((measure.key, sum(known) / len(known) if known else None))
    return tuple(found)
