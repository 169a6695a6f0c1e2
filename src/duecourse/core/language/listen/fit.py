"""Fits the head on texts with labels. No chance is drawn: the same texts give the same weights.

The first look is a ridge regression on +1/-1 (Rifkin, Yeo and Poggio 2003) over clauses and whole messages. A message
says that a label holds, not where: a clause starts with the labels of its message and keeps those that it scores for
when its own message is left out (the closed form of leaving a group out; Cook 1977). These honest scores, not the fitted
ones, are what the second look learns from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from duecourse.core.language.listen.evidence import sure_columns, width
from duecourse.core.language.listen.head import Head, about, logistic, nearness, second_rows, weighed_prints
from duecourse.core.language.listen.instances import Encode, Instances, instances
from duecourse.core.language.listen.label import MUST_NOT_MISS, SCORED, URGENT
from duecourse.core.language.listen.prepared import Prepared
from duecourse.core.language.listen.wordprints import Floats

Doubles = NDArray[np.float64]
RIDGE = 0.7
PULL = 1.5
"""Ridge of the second look."""
FOLDS = 5
HIDDEN = 3
MISS_COSTS: Final[dict[str, int]] = {**{str(label): 6 for label in MUST_NOT_MISS}, URGENT: 20}
"""False alarms that a miss is worth where it does harm."""
ROUNDS = 4


def fit(messages: Sequence[Prepared], said: Sequence[frozenset[str]], encode: Encode | None) -> Head:
    """`said[i]` of SCORED hold for `messages[i]`. About a minute for 2,000 messages."""
    rows = instances(messages, encode)
    holds = np.array([[one in found for one in SCORED] for found in said])
    seen = (rows.prints[rows.whole] > 0).sum(axis=0)
    weights = np.log((1 + len(messages)) / (1 + seen)).astype(np.float32)
    prints = weighed_prints(rows.prints, weights)
    once = _once(rows)
    prints = prints[once]
    kernel = prints @ prints.T + 1
    centre = anchors = np.zeros((0, 0), dtype=np.float32)
    if rows.vectors is not None:
        centre = rows.vectors.mean(axis=0)
        anchors = about(rows.vectors[once], centre)
        kernel += nearness(anchors, anchors)
    alpha, left_out = _first_look(_inverse(kernel), _of(rows, once), holds)
    second = second_rows(messages, rows, _spread(left_out, rows, once).astype(np.float32))
    # Rules know the texts that they were written for: a third of their findings are hidden, as in texts not yet seen.
    second[::HIDDEN, sure_columns()] = 0
    second_weights, second_bias = _second_look(second, holds)
    return Head(
        weights,
        (prints.T @ alpha).astype(np.float32),
        centre.astype(np.float32),
        anchors,
        alpha[: len(anchors)].astype(np.float32),
        alpha.sum(axis=0).astype(np.float32),
        second_weights,
        second_bias,
        _thresholds(_left_out_chances(second, holds), holds),
    )


def _inverse(kernel: Floats) -> Doubles:
    ridged = kernel.astype(np.float64)
    ridged[np.diag_indices_from(ridged)] += RIDGE
    return np.asarray(np.linalg.inv(ridged), dtype=np.float64)


def _first_look(inverse: Doubles, rows: Instances, holds: NDArray[np.bool_]) -> tuple[Doubles, Doubles]:
    """Weights of the rows, and each row's scores when its message is left out."""
    groups = _groups(rows.owner)
    wanted = np.where(holds[rows.owner], 1.0, -1.0)
    for round_ in range(ROUNDS):
        alpha = inverse @ wanted
        honest = np.empty_like(wanted)
        for group in groups:
            honest[group] = wanted[group] - np.linalg.solve(inverse[np.ix_(group, group)], alpha[group])
        if round_ == ROUNDS - 1:
            break
        for number, group in enumerate(groups):
            pieces = group[~rows.whole[group]]
            if len(pieces) < 2:
                continue
            scores = honest[pieces]
            kept = holds[number] & ((scores > 0) | (scores == scores.max(axis=0)))
            wanted[pieces] = np.where(kept, 1.0, -1.0)
    return alpha, honest


def _groups(owner: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    order = np.argsort(owner, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(owner[order])) + 1)


def _once(rows: Instances) -> NDArray[np.bool_]:
    """Without the wholes of one clause: they are that clause again."""
    return np.asarray(~(rows.whole & (np.bincount(rows.owner)[rows.owner] == 2)), dtype=np.bool_)


def _of(rows: Instances, once: NDArray[np.bool_]) -> Instances:
    return Instances(rows.prints[once], None, rows.owner[once], rows.whole[once])


def _spread(honest: Doubles, rows: Instances, once: NDArray[np.bool_]) -> Doubles:
    """The scores of `once` rows for all rows."""
    out = np.empty((len(once), honest.shape[1]))
    out[once] = honest
    clause = np.zeros(rows.owner.max() + 1, dtype=np.int64)
    clause[rows.owner[~rows.whole]] = np.flatnonzero(~rows.whole)
    out[~once] = out[clause[rows.owner[~once]]]
    return out


def _second_look(second: Floats, holds: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    weights = np.zeros((width(), len(SCORED)))
    bias = np.zeros(len(SCORED))
    for column in range(len(SCORED)):
        bias[column], *weights[:, column] = _curve(second.astype(np.float64), holds[:, column])
    return weights.astype(np.float32), bias.astype(np.float32)


def _curve(rows: Doubles, holds: NDArray[np.bool_]) -> Doubles:
    """Logistic regression with a ridge, by Newton's steps; the constant first."""
    grid = np.column_stack([np.ones(len(rows)), rows])
    pull = np.r_[1e-3, np.full(rows.shape[1], PULL)]
    weights = np.zeros(grid.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(grid @ weights, -30, 30)))
        slope = grid.T @ (chance - holds) + pull * weights
        bend = (grid * (chance * (1 - chance))[:, None]).T @ grid + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _left_out_chances(second: Floats, holds: NDArray[np.bool_]) -> Floats:
    """Chances of each message from a curve that did not see it."""
    out = np.zeros(holds.shape, dtype=np.float32)
    fold = np.arange(len(holds)) % FOLDS
    for number in range(FOLDS):
        weights, bias = _second_look(second[fold != number], holds[fold != number])
        out[fold == number] = logistic(second[fold == number] @ weights + bias)
    return out


def _thresholds(chances: Floats, holds: NDArray[np.bool_]) -> Floats:
    """By label the threshold with the best F1; where a miss does harm, the one at which alarm and silence cost the same."""
    grid = np.arange(0.25, 0.81, 0.02)
    out = np.array([1 / (1 + MISS_COSTS.get(one, 0)) for one in SCORED])
    for column, one in enumerate(SCORED):
        if one in MISS_COSTS:
            continue
        truth = holds[:, column]
        hit = np.array([(truth & (chances[:, column] >= one)).sum() for one in grid])
        false = np.array([(~truth & (chances[:, column] >= one)).sum() for one in grid])
        goodness = 2 * hit / np.maximum(hit + false + truth.sum(), 1)
        # The middle of the best stretch: the edge of it is luck.
        out[column] = grid[goodness >= goodness.max() - 0.002].mean()
    return out.astype(np.float32)
