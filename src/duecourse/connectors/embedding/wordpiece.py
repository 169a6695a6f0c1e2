"""The uncased WordPiece tokenizer of BERT (Devlin et al. 2018), which MiniLM was trained with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
MAX_TOKENS = 256
"""The model's own limit, with the two marks; longer text is cut."""
_LONGEST_WORD = 100
# BERT's own idea: a word is letters and digits; every punctuation sign or CJK letter stands alone.
_PIECES = re.compile(r"[㐀-鿿豈-﫿]|[^\W_]+|[^\w\s]|_")


class WordPiece:
    """Text to token numbers. `vocabulary` is one token a line, its number the line's.

    >>> WordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "pay", "##ing", "now"]).ids("Paying now")
    [2, 4, 5, 6, 3]
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._number = {token: number for number, token in enumerate(vocabulary)}
        self._split = lru_cache(maxsize=20_000)(self._pieces)

    def ids(self, text: str) -> list[int]:
        """Token numbers with [CLS] before and [SEP] after, at most MAX_TOKENS."""
        found: list[int] = []
        # A word has at least one letter: what lies beyond this many characters is cut anyway.
        for word in _PIECES.findall(_plain(text[: MAX_TOKENS * _LONGEST_WORD])):
            found += self._split(word)
            if len(found) >= MAX_TOKENS - 2:
                break
        return [self._number[CLS], *found[: MAX_TOKENS - 2], self._number[SEP]]

    def _pieces(self, word: str) -> tuple[int, ...]:
        unknown = self._number[UNKNOWN]
        if len(word) > _LONGEST_WORD:
            return (unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._number.get(("##" if start else "") + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return (unknown,)
        return tuple(found)


def _plain(text: str) -> str:
    """Lower case without accents or control characters."""
    spread = unicodedata.normalize("NFD", text.lower())
    return "".join(
        " " if char in "\t\r\n" else char for char in spread if unicodedata.category(char) not in {"Mn", "Cf"}
    )
