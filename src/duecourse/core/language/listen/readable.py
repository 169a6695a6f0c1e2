"""Makes a text readable: no HTML, no broken characters, straight quotes; every letter knows where it came from."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 400_000
"""Letters read of one message; what a person says stands at one of its ends."""
_STRAIGHT = str.maketrans("’‘`´“”„«»‑‐–—\u00a0\u2007\u202f\u3000", '\'\'\'\'"""""----    ')
_BROKEN = {
    "â€™": "'",
    "â€˜": "'",
    "â€œ": '"',
    "â€\x9d": '"',
    "â€“": "-",
    "â€”": "-",
    "â€¦": "...",
    "â€": '"',
    "Ã¼": "ü",
    "Ã¶": "ö",
    "Ã¤": "ä",
    "ÃŸ": "ß",
    "Ãœ": "Ü",
    "Ã–": "Ö",
    "Ã„": "Ä",
    "Ã©": "é",
    "Ã¨": "è",
    "Ãª": "ê",
    "Ã§": "ç",
    "Ã´": "ô",
    "Ã»": "û",
    "Ã®": "î",
    "Ã¡": "á",
    "Ã³": "ó",
    "Ãº": "ú",
    "Ã±": "ñ",
    "Ã­": "í",
    "Ã\xa0": "à",
    "Â£": "£",
    "Â¿": "¿",
    "Â¡": "¡",
    "Â\xa0": " ",
    "â‚¬": "€",
    "Ã¯": "ï",
}
"""UTF-8 that was read as Windows-1252 on its way."""
_LOOKS_HTML = re.compile(r"<(?:html|body|div|p|br|span|table|td|font|b|i|a|blockquote)\b[^<>]{0,300}/?>", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(script|style|head|title|blockquote)\b.*?(?:</\1\s*>|\Z)|<div[^<>]{0,200}(?:gmail_quote|moz-cite|yahoo_quoted).*\Z|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"</?(?:p|div|br|tr|li|h\d|table|ul|ol)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^<>]{0,2000}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
_BAD = re.compile(
    "|".join([*map(re.escape, _BROKEN), "(?<=[A-Za-z])\ufffd(?=[a-z])", "[\u200b-\u200f\u2060\ufeff\u00ad\x00\ufe0f]"])
)
_STRETCHED = re.compile(r"([a-vx-zA-VX-Z])\1{2,}|([!?.])\2{3,}")


@dataclass(frozen=True, slots=True)
class Readable:
    """`words[i]` stands at `places[i]` of the text as it came."""

    words: str
    places: NDArray[np.int64]

    def whence(self, start: int, end: int) -> tuple[int, int]:
        """Where words[start:end] stands in the text as it came."""
        return int(self.places[start]), int(self.places[end - 1]) + 1


def readable(text: str) -> Readable:
    """The text as a person would see it.

    >>> readable("<p>It&#39;s paid &amp; done</p><script>x()</script>").words.strip()
    "It's paid & done"
    >>> readable("STOPPPP it").words
    'STOP it'
    """
    read = Readable(text, np.arange(len(text)))
    if len(text) > LONGEST:
        half = LONGEST // 2
        read = Readable(text[:half] + "\n" + text[-half:], np.r_[0 : half + 1, len(text) - half : len(text)])
    if _LOOKS_HTML.search(read.words, 0, 20_000):
        read = _replaced(read, _UNSEEN, "\n")
        read = _replaced(read, _BREAK, "\n")
        read = _replaced(read, _TAG, "")
    read = _replaced(read, _ENTITY, None)
    read = _replaced(read, _BAD, None)
    read = _replaced(read, _STRETCHED, None)
    return Readable(read.words.translate(_STRAIGHT).replace("\r", "\n"), read.places)


def _replaced(read: Readable, find: re.Pattern[str], by: str | None) -> Readable:
    """By itself where `by` is None: broken characters mended, stretched letters once, entities read."""
    words: list[str] = []
    places: list[NDArray[np.int64]] = []
    last = 0
    for match in find.finditer(read.words):
        new = by if by is not None else _mended(match.group())
        words += [read.words[last : match.start()], new]
        places += [read.places[last : match.start()], np.repeat(read.places[match.start()], len(new))]
        last = match.end()
    if not last:
        return read
    return Readable("".join([*words, read.words[last:]]), np.concatenate([*places, read.places[last:]]))


def _mended(found: str) -> str:
    if found in _BROKEN:
        return _BROKEN[found]
    if found.startswith("&"):
        return html.unescape(found)
    if found == "\ufffd":
        return "'"
    return found[0] if found[0].isprintable() and len(found) > 1 else ""
