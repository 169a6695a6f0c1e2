"""Pieces of what was said, each one thought, as places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duecourse.core.language.sentences import Sentence, sentences

MOST = 40
"""Clauses looked at; who writes more has said it by then."""
_JOINT = re.compile(
    r"\s*(?:;|\s-{1,2}\s|\s/{1,2}\s|\s\|\s|\s\+\s|(?:,\s*|\s)(?=(?:but|however|aber|mais|pero)\s)|\.{3,}|…|[!?.](?=[A-Z][a-z])|(?:,\s+)(?=(?:also|please|pls|plz|can you|could you|and (?:i|we|please|can|could|also|my|our|the))\b))",
    re.IGNORECASE,
)
_LONGEST = 45  # words
_COMMA = re.compile(r",\s+|\s(?=(?:and|und|et|y)\s)", re.IGNORECASE)


def clauses(text: str) -> list[Sentence]:
    """
    >>> [c.words for c in clauses("Paid last week; pls stop ringing me at work. Bye")]
    ['Paid last week', 'pls stop ringing me at work.', 'Bye']
    """
    found: list[Sentence] = []
    for sentence in sentences(text):
        for piece in _split(sentence, _JOINT):
            long = len(piece.words.split()) > _LONGEST
            found += _split(piece, _COMMA) if long else [piece]
            if len(found) >= MOST:
                return found[:MOST]
    return found


def _split(sentence: Sentence, joint: re.Pattern[str]) -> Iterator[Sentence]:
    start = 0
    held = sentence.words
    for match in joint.finditer(held):
        # A joint that leaves only a word or two behind joins more than it parts.
        if len(held[start : match.start()].split()) < 2 or len(held[match.end() :].split()) < 2:
            continue
        yield _piece(sentence, start, match.start() + len(match.group().rstrip().rstrip(";/|-+")))
        start = match.end()
    yield _piece(sentence, start, len(held))


def _piece(sentence: Sentence, start: int, end: int) -> Sentence:
    words = sentence.words[start:end]
    bare = words.strip()
    first = sentence.start + start + words.index(bare) if bare else sentence.start + start
    return Sentence(first, first + len(bare), bare)
