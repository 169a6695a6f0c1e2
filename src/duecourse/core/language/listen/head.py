"""The learned head: chances of the labels from word prints and, where there is a model, sentence vectors.

First look: one score a label for each clause and for the whole: linear in the words, and by nearness to the clauses
that were learned from (a Gaussian kernel on the unit sphere). Second look: a logistic curve a label over those
scores, the rules' findings and the shape of the message; its chances are calibrated (fit.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duecourse.core.language.listen.evidence import second_look
from duecourse.core.language.listen.instances import Instances
from duecourse.core.language.listen.prepared import Prepared
from duecourse.core.language.listen.wordprints import Floats

STEEPNESS = 2.0
NEAR_COUNTS = 4.0
"""How much nearness of meaning counts beside the words themselves."""


@dataclass(frozen=True, slots=True)
class Head:
    """Columns are the SCORED. `anchors` are the vectors learned from; none where the head reads words only."""

    weight_of_print: Floats
    print_weights: Floats
    centre: Floats
    anchors: Floats
    anchor_weights: Floats
    bias: Floats
    second_weights: Floats
    second_bias: Floats
    thresholds: Floats

    def scores(self, rows: Instances) -> Floats:
        """The first look: about 1 where a label holds, -1 where not."""
        out = weighed_prints(rows.prints, self.weight_of_print) @ self.print_weights + self.bias
        if rows.vectors is not None and len(self.anchors):
            out += nearness(about(rows.vectors, self.centre), self.anchors) @ self.anchor_weights
        return np.asarray(out, dtype=np.float32)

    def chances(self, rows: NDArray[np.float32]) -> Floats:
        """The second look at rows of `second_look`."""
        return logistic(rows @ self.second_weights + self.second_bias)

    def arrays(self, name: str) -> dict[str, NDArray[np.float16]]:
        """To be kept: half precision is enough."""
        return {f"{name}/{field}": getattr(self, field).astype(np.float16) for field in self.__slots__}


def head_of(arrays: Mapping[str, NDArray[np.float16]], name: str) -> Head:
    """The head that was kept under a name. Raises KeyError where a part is missing."""
    return Head(*(np.asarray(arrays[f"{name}/{field}"], dtype=np.float32) for field in Head.__slots__))


def about(vectors: Floats, centre: Floats) -> Floats:
    """Directions from the middle of all that was learned from."""
    moved = vectors - centre
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def nearness(left: Floats, right: Floats) -> Floats:
    """Of each direction on the left to each on the right: NEAR_COUNTS for the same, falling off as a Gaussian."""
    return np.asarray(NEAR_COUNTS * np.exp(STEEPNESS * (left @ right.T - 1)), dtype=np.float32)


def weighed_prints(prints: Floats, weights: Floats) -> Floats:
    """Rare words count more; rows keep length 1."""
    weighed = prints * weights
    return np.asarray(weighed / np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^-x), without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def second_rows(messages: Sequence[Prepared], rows: Instances, scores: Floats) -> Floats:
    """One row a message from the scores of its clauses and of its whole."""
    of_clauses, of_wholes = scores[~rows.whole], scores[rows.whole]
    edges = np.cumsum([0, *(len(message.clauses) for message in messages)])
    return np.stack(
        [
            second_look(message, of_clauses[edges[number] : edges[number + 1]], of_wholes[number])
            for number, message in enumerate(messages)
        ]
    )
