"""Words as numbers without a model: words, pairs of words and parts of words, hashed into a row of fixed width."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BUCKETS = 8192
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!@£$€#%]|[\U0001f300-\U0001faff]")


def wordprints(texts: Sequence[str]) -> Floats:
    """One row of length 1 a text, shape (texts, BUCKETS); all zero for a text without words."""
    out = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    for row, text in enumerate(texts):
        places = _places(text[:2_000])
        np.add.at(out[row], places, np.float32(1))
    np.sqrt(out, out=out)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return out


@lru_cache(maxsize=4_096)
def _places(text: str) -> NDArray[np.int64]:
    words = [_number_shape(word) for word in _WORD.findall(text.lower())]
    prints = [*words, *map(" ".join, itertools.pairwise(words))]
    for word in words:
        marked = f"<{word}>"
        # Parts of words: a slip of the finger leaves most of them whole.
        prints += [f"{marked[at : at + 4]}~" for at in range(max(1, len(marked) - 3))] if len(word) > 3 else []
    return np.array([crc32(one.encode()) % BUCKETS for one in prints], dtype=np.int64)


def _number_shape(word: str) -> str:
    """Numbers count by their length: which one it is says nothing."""
    return f"0{min(len(word), 6)}" if word.isdigit() else word
