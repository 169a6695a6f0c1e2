"""A heavy sentence said more lightly: plain words for long ones, and two or three sentences for one."""

from __future__ import annotations

import re
from functools import cache

from duecourse.core.language.packaged import word_list

# Where a long sentence may be cut, and what the second half begins with.
_CUTS = (
    (re.compile(r";\s*|:\s+(?=[a-z])|\s+[–—-]\s+"), ""),
    (re.compile(r",?\s+(?:and|but)\s+(?=(?:we|you|it|the|this|your|our|please|if|i)\b)", re.IGNORECASE), ""),
    (re.compile(r",\s+(?:which|who)\s+", re.IGNORECASE), "This "),
    (
        re.compile(r",\s+(?:so|therefore|thus|as|since|because|while|although|unless|provided that)\s+", re.IGNORECASE),
        "",
    ),
    (re.compile(r",\s+(?=(?:please|we|you)\b)", re.IGNORECASE), ""),
)
_SHORT_ENOUGH = 14


@cache
def _light() -> tuple[re.Pattern[str], dict[str, str]]:
    lists = word_list("plain_words")
    words: dict[str, str] = {**lists["plain"], **lists["jargon"]}
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE), words


def plainer(sentence: str) -> str:
    """Long and trade words replaced by short ones.

    >>> plainer("Please remit payment prior to Friday.")
    'Please pay before Friday.'
    """
    find, words = _light()

    def one(match: re.Match[str]) -> str:
        new = words[re.sub(r"\s+", " ", match.group().lower())]
        return new[:1].upper() + new[1:] if match.group()[:1].isupper() else new

    return re.sub(r"\s{2,}", " ", find.sub(one, sentence)).replace(" ,", ",").replace(" .", ".").strip()


def lighter(sentence: str) -> str:
    """Plainer words, and a stop wherever a long sentence may be cut.

    >>> lighter("We have not received your payment of £50, and we would be grateful if you could send it to us by Friday 3 June.")
    'We have not received your payment of £50. We would be grateful if you could send it to us by Friday 3 June.'
    """
    pieces = [plainer(sentence)]
    for cut, start in _CUTS:
        pieces = [part for piece in pieces for part in _cut(piece, cut, start)]
    return " ".join(pieces)


def _cut(piece: str, cut: re.Pattern[str], start: str) -> list[str]:
    if len(piece.split()) <= _SHORT_ENOUGH:
        return [piece]
    for found in cut.finditer(piece):
        before, after = piece[: found.start()].strip(), piece[found.end() :].strip()
        if min(len(before.split()), len(after.split())) < 4 or re.match(
            r"(?i)(?:if|when|as|unless|where|should)\b", before
        ):
            continue
        after = start + after if start else after[:1].upper() + after[1:]
        return [before.rstrip(",;:") + ".", *_cut(after, cut, start)]
    return [piece]
