"""Where sentences begin and end, as places in the text, so that any of them can be quoted to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|ltd|inc|co|corp|no|nr|ref|inv|acct|vs|etc|approx|tel|ext|dept|pty|jr|sr|rs|p\.s"
    r"|e\.g|i\.e|a\.m|p\.m|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|tues|wed|thu|thurs|fri|sat|sun)|\b[A-Z])$",
    re.IGNORECASE,
)
_ALWAYS_SHORT = frozenset({"mr", "mrs", "ms", "dr", "prof", "no", "nr", "ref", "inv", "acct", "rs", "e.g", "i.e", "vs"})
# A stop, perhaps with closing quotes; or a line break that ends a paragraph, a list line or a short line.
_STOP = re.compile(
    r"[.!?…]+[)\"'”’]*(?=\s|$)|\n[ \t]*(?=\n)|\n(?=[ \t]*(?:[-*•·–]|\d{1,2}[.)])\s)|\n(?=[ \t]*[A-Z0-9£$€\[{])"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of the text: `text[start:end]` is `words`."""

    start: int
    end: int
    words: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order, without the space around them.

    >>> [s.words for s in sentences("Hello Mr. Bean. Pay £1.50 by 3 p.m. today! Or not?")]
    ['Hello Mr. Bean.', 'Pay £1.50 by 3 p.m. today!', 'Or not?']
    """
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() < start or (stop.group().startswith(".") and _is_short(text, start, stop.start(), stop.end())):
            continue
        yield from _trimmed(text, start, stop.end())
        start = stop.end()
    yield from _trimmed(text, start, len(text))


def _is_short(text: str, start: int, stop: int, after: int) -> bool:
    """Is the stop part of a short form, such as "Mr." or "p.m."?"""
    found = _SHORT.search(text, start, stop)
    if found is None:
        return False
    if found.group().lower() in _ALWAYS_SHORT:
        return True
    rest = text[after : after + 3].strip()
    return bool(rest) and not (rest[0].isupper() and len(found.group()) > 1)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    bare = words.strip()
    if bare:
        first = start + words.index(bare[0])
        yield Sentence(first, first + len(bare), bare)
