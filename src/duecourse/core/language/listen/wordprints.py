"""Words as numbers without a model: words, pairs of words and parts of words, hashed into a row of fixed width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BUCKETS = 8192
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!@£$€#%]|[\U0001f300-\U0001faff]")

_DENIES = frozenset(
    """no not never nor neither without don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't cannot
    couldn't haven't hasn't hadn't needn't dont doesnt didnt isnt wasnt wont cant havent hasnt nicht kein keine keinen nie
    pas jamais aucune aucun nunca ningún ninguna""".split()
)
_SUPPOSES = frozenset("if unless once until when after before might may wenn falls sobald si cuando quand".split())
_ASKS = frozenset(
    "can could may might would will do does did is are was were has have what which who when where why how".split()
)
_ENDS = frozenset("but because so and ? ! aber mais pero".split())


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
    turned = _turned(words)
    prints = [*words, *map(" ".join, pairwise(words)), *turned]
    for word in words:
        marked = f"<{word}>"
        # Parts of words: a slip of the finger leaves most of them whole.
        prints += [f"{marked[at : at + 4]}~" for at in range(max(1, len(marked) - 3))] if len(word) > 3 else []
    return np.array([crc32(one.encode()) % BUCKETS for one in prints], dtype=np.int64)


def _turned(words: Sequence[str]) -> list[str]:
    """Words that a "not" or an "if" before them turns, and all words of a question, as words of their own."""
    asked = words[-1:] == ["?"] or (words[:1] != [] and words[0] in _ASKS)
    turned = [f"?{word}" for word in words] if asked else []
    for mark, turns in (("!", _DENIES), ("if", _SUPPOSES)):
        left = 0
        for word in words:
            if left and word not in _ENDS:
                turned.append(f"{mark}{word}")
                left -= 1
            else:
                left = 0
            if word in turns:
                left = 5
    return turned


def _number_shape(word: str) -> str:
    """Numbers count by their length: which one it is says nothing."""
    return f"0{min(len(word), 6)}" if word.isdigit() else word
