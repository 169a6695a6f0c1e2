"""Strategies tried on the same simulated worlds: what each came to, and each against the first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from duecourse.core.decide.digest import digest
from duecourse.core.decide.playbook import Playbook
from duecourse.core.law.gate import Rulebook
from duecourse.core.simulate.assumptions import Assumptions, stated
from duecourse.core.simulate.compare import Difference, compare
from duecourse.core.simulate.live import live
from duecourse.core.simulate.outcome import BY_RULE, MEASURES, by_customer, value

TOGETHER: Final = 20_000
"""Customers lived side by side."""


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
        for together in _batches(seeds, customers):
            step = _times(progress, len(together))
            worlds = live(
                playbook, customers=customers, days=days, seeds=together, start=start, rules=rules, assumed=assumptions,
                progress=step,
            )  # fmt: skip
            everybody, log = by_customer(worlds), worlds.log.frame()
            for number in range(len(together)):
                own.append(worlds.part(everybody, number))
                logs.update(digest(worlds.part(log, number)).encode())
            stopped.append(log.filter(BY_RULE).select(rule=pl.col("what").str.strip_prefix("rule:")))
        frames.append(own)
        counts = pl.concat(stopped).group_by("rule").len().sort(["len", "rule"], descending=[True, False])
        lived.append(Lived(playbook.label, logs.hexdigest(), _means(own), tuple(counts.rows())))
    against = tuple((one.label, tuple(compare(frames[0], new))) for one, new in zip(lived[1:], frames[1:], strict=True))
    return Tried(customers, days, tuple(seeds), tuple(lived), against, stated(assumptions))


def _times(progress: Callable[[int], None], worlds: int) -> Callable[[int], None]:
    """A day of several worlds counts for each."""
    return lambda days: progress(days * worlds)


def _batches(seeds: Sequence[int], customers: int) -> list[tuple[int, ...]]:
    """Worlds that are lived side by side, so many that memory stays small."""
    size = max(1, TOGETHER // customers)
    return [tuple(seeds[at : at + size]) for at in range(0, len(seeds), size)]


def _means(frames: Sequence[pl.DataFrame]) -> tuple[tuple[str, float | None], ...]:
    found = []
    for measure in MEASURES:
        known = [v for v in (value(frame, measure) for frame in frames) if v is not None]
        found.append((measure.key, sum(known) / len(known) if known else None))
    return tuple(found)
