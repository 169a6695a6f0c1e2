"""From what the rules found and what the clauses are like to one row of numbers a message, for the second look."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duecourse.core.language.listen.label import SCORED
from duecourse.core.language.listen.prepared import Prepared
from duecourse.core.language.listen.wordprints import Floats

CHANNELS = ("email", "sms", "portal", "call_note")


def second_look(message: Prepared, clause_scores: Floats, whole_scores: Floats) -> Floats:
    """`clause_scores`: one row a clause, one column each of SCORED; `whole_scores`: the message as one."""
    clause_scores, whole_scores = _without_vetoed(message, clause_scores, whole_scores)
    best = clause_scores.max(axis=0) if len(clause_scores) else np.full(len(SCORED), -1, dtype=np.float32)
    sure = [float(label in message.sure) for label in SCORED]
    hints = [min(message.hints.get(label, 0), 4) / 4 for label in SCORED]
    kind = [float(message.channel == channel) for channel in CHANNELS]
    length = [np.log1p(len(message.clauses)), float(any("?" in piece.words for piece in message.clauses))]
    return np.concatenate([best, whole_scores, sure, hints, kind, length]).astype(np.float32)


def _without_vetoed(message: Prepared, clause_scores: Floats, whole_scores: Floats) -> tuple[Floats, Floats]:
    """Scores of -1 where a clause says that a label does not hold, and for the whole where every clause says so."""
    if not message.vetoed:
        return clause_scores, whole_scores
    clause_scores, whole_scores = clause_scores.copy(), whole_scores.copy()
    for column, label in enumerate(SCORED):
        barred = sorted(message.vetoed.get(label, ()))
        if barred:
            clause_scores[barred, column] = -1
            whole_scores[column] = min(whole_scores[column], clause_scores[:, column].max())
    return clause_scores, whole_scores


def sure_columns() -> slice:
    """Where the rules' findings stand in a row of `second_look`."""
    return slice(2 * len(SCORED), 3 * len(SCORED))


def width() -> int:
    """Numbers in a row of `second_look`."""
    return 4 * len(SCORED) + len(CHANNELS) + 2


def whole_text(message: Prepared) -> str:
    """All that was said, without what was left out."""
    return " ".join(piece.words for piece in message.clauses)


def whole_vector(clause_vectors: Floats, lengths: Sequence[int]) -> Floats:
    """The middle of the clauses' vectors, longer ones counting more; of length 1."""
    if not len(clause_vectors):
        return np.zeros(clause_vectors.shape[1], dtype=np.float32)
    middle = np.sqrt(np.asarray(lengths, dtype=np.float32)) @ clause_vectors
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9), dtype=np.float32)
