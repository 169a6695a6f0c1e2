"""Messages as instances for the first look: each clause, and the whole where there are several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duecourse.core.language.listen.evidence import whole_text, whole_vector
from duecourse.core.language.listen.prepared import Prepared
from duecourse.core.language.listen.wordprints import Floats, wordprints

Encode = Callable[[Sequence[str]], Floats]
"""Texts in, one vector of length 1 a text out."""
_READ = 300  # letters of a clause that are read as one thought


@dataclass(frozen=True, slots=True)
class Instances:
    """Rows of `prints` (and `vectors`, where there is a model): first the clauses of all messages, then the wholes.

    `owner` is the message of each row; `whole` marks the rows that stand for a message.
    """

    prints: Floats
    vectors: Floats | None
    owner: NDArray[np.int64]
    whole: NDArray[np.bool_]


def instances(messages: Sequence[Prepared], encode: Encode | None) -> Instances:
    """The rows of some messages; a message without words has a whole without anything in it."""
    pieces = [piece.words[:_READ] for message in messages for piece in message.clauses]
    counts = [len(message.clauses) for message in messages]
    owner = np.concatenate([np.repeat(np.arange(len(messages)), counts), np.arange(len(messages))])
    whole = np.r_[np.zeros(len(pieces), dtype=bool), np.ones(len(messages), dtype=bool)]
    prints = wordprints([*pieces, *map(whole_text, messages)])
    if encode is None:
        return Instances(prints, None, owner, whole)
    distinct = sorted(set(pieces), key=len)
    place = {words: number for number, words in enumerate(distinct)}
    known = encode(distinct) if distinct else np.zeros((0, 384), dtype=np.float32)
    vectors = known[[place[words] for words in pieces]] if pieces else known
    edges = np.cumsum([0, *counts])
    wholes = [
        whole_vector(vectors[edges[n] : edges[n + 1]], [len(piece.words) for piece in message.clauses])
        for n, message in enumerate(messages)
    ]
    return Instances(prints, np.vstack([vectors, *wholes]).astype(np.float32), owner, whole)
