"""How well is heard: precision and recall by label on texts whose labels are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duecourse.core.language.listen.heard import Heard
from duecourse.core.language.listen.label import LEARNED, Label
from duecourse.core.language.listen.training import Labelled


@dataclass(frozen=True, slots=True)
class Score:
    """`held`: texts where it holds; None where there is nothing to divide by."""

    name: str
    held: int
    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        if not self.precision or not self.recall:
            return 0.0
        return 2 * self.precision * self.recall / (self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Scores:
    """`traps_right`: share of the traps whose labels and flag are all as they should be; None without traps."""

    by_label: tuple[Score, ...]
    urgent: Score
    macro_f1: float
    traps_right: float | None
    right: float


def scores(rows: Sequence[Labelled], heard: Sequence[Heard]) -> Scores:
    """Macro F1 is over labels that hold somewhere in the rows. `other` and no label count the same: as nothing."""
    said = [frozenset(one.labels) - {Label.OTHER} for one in heard]
    by_label = tuple(
        _score(label, [label in row.labels for row in rows], [label in one for one in said]) for label in LEARNED
    )
    urgent = _score("urgent", [row.urgent for row in rows], [one.urgent for one in heard])
    right = [row.labels == one and row.urgent == ear.urgent for row, one, ear in zip(rows, said, heard, strict=True)]
    traps = [good for row, good in zip(rows, right, strict=True) if row.trap]
    held = [score.f1 for score in by_label if score.held]
    return Scores(
        by_label,
        urgent,
        sum(held) / max(len(held), 1),
        sum(traps) / len(traps) if traps else None,
        sum(right) / max(len(right), 1),
    )


def _score(name: str, truth: Sequence[bool], said: Sequence[bool]) -> Score:
    both = sum(one and other for one, other in zip(truth, said, strict=True))
    return Score(
        str(name), sum(truth), both / sum(said) if any(said) else None, both / sum(truth) if any(truth) else None
    )
