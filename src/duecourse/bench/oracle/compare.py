"""Gate against oracle: where verdict or first permitted instant differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from duecourse.bench.oracle import judge
from duecourse.bench.oracle.question import answers, facts
from duecourse.bench.oracle.worlds import World, worlds

BATCH = 20_000
TOLERANCE = timedelta(days=14)


@dataclass(frozen=True)
class Difference:
    """One world on which the two disagree."""

    world: World
    gate: tuple[str, datetime | None]
    oracle: tuple[str, datetime | None]
    rules: tuple[str, ...]

    @property
    def kind(self) -> str:
        """`forbidden`: the gate lets go what may not, or too early. `wrongly_forbidden`: it holds back what may go.

        `beyond_reach`: whoever searches gives up on a day that is more than TOLERANCE away; a person decides there.
        """
        (said, when), (right, first) = self.gate, self.oracle
        start = self.world.at
        if right == judge.NONE_FOUND and (said == "block" or (when is not None and judge.far(self.world, when))):
            return "beyond_reach"
        if "SCOPE-NO-TIME" in self.rules and first is not None and first > start + TOLERANCE:
            return "beyond_reach"
        early = said != "block" and ((first is None and right != "allow") or (when or start) < (first or start))
        return "forbidden" if early else "wrongly_forbidden"


def differences(asked: Sequence[World], said: pl.DataFrame) -> Iterator[Difference]:
    """Every world on which the gate's answers `said` are not the oracle's."""
    for world, answer in zip(asked, said.iter_rows(named=True), strict=True):
        theirs, ours = (answer["verdict"], answer["not_before"]), judge.verdict(world)
        if theirs != ours:
            yield Difference(world, theirs, ours, tuple(rule["id"] for rule in answer["rules"]))


def batches(contacts: int, seed: int) -> Iterator[tuple[Counter[str], list[Difference]]]:
    """`contacts` proposed contacts through both, a batch at a time: how often the gate gave each verdict, and every difference."""
    for batch, start in enumerate(range(0, contacts, BATCH)):
        asked = worlds(min(BATCH, contacts - start), seed * 1_000_003 + batch)
        said = answers(asked, facts(asked))
        yield Counter(said["verdict"].to_list()), list(differences(asked, said))
        judge.local.cache_clear()
