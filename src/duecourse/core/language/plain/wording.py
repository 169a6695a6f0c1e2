"""Words that must not leave the house: finds them by the patterns of data/wording.toml and data/plain_words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duecourse.core.language.packaged import word_list
from duecourse.core.language.plain.fault import Found, Kind
from duecourse.core.language.sentences import Sentence

# "We will not take you to court": what is denied is not a fault. Words between may not start a new clause.
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|none|isn't|won't|don't|doesn't|aren't|wasn't|can't|cannot|shan't|wouldn't|haven't|hasn't)"
    r"\b(?:\s+(?!we\b|our\b|then\b|i\b|they\b|pay\b|paid\b|reply\b|respond\b|if\b|you\b)[\w'-]+){0,4}\s*)$",
    re.IGNORECASE,
)
# What a guide for callers forbids ("Never say that ..."), and help named by its office ("free legal advice").
_FORBIDDEN_TO_SAY = re.compile(
    r"\b(?:never|do not|don't|must not|avoid|should not|shouldn't)\s+(?:ever\s+)?"
    r"(?:say|saying|mention\w*|threat\w+|use|using|imply\w*|suggest\w*|hint\w*|talk|speak|promise|blame|argue|accuse|raise|bring up)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: Kind
    find: re.Pattern[str]
    why: str
    instead: str | None
    negated: bool


@cache
def _patterns() -> tuple[_Pattern, ...]:
    kinds = dict(word_list("wording"))
    parts = kinds.pop("parts")
    found: list[_Pattern] = []
    for kind, group in kinds.items():
        for entry in group["patterns"]:
            text = entry["find"]
            for name, part in parts.items():
                text = text.replace(f"<{name}>", part)
            find = re.compile(text, re.IGNORECASE)
            found.append(_Pattern(Kind(kind), find, group["why"], entry.get("say"), entry.get("negated", False)))
    return tuple(found)


@cache
def kinder(kind: Kind) -> str:
    """A sentence to put in the place of one that had to go."""
    return str(word_list("wording")[kind.value]["instead"])


def wording_faults(text: str, parts: list[Sentence]) -> Iterator[Found]:
    """Faults of tone, at most one a kind and sentence. `text` has straight quotes; `parts` are its sentences."""
    for part in parts:
        words = part.words.replace("\n", " ")
        if _FORBIDDEN_TO_SAY.search(words):
            continue
        seen: set[Kind] = set()
        for pattern in _patterns():
            if pattern.kind in seen:
                continue
            for match in pattern.find.finditer(words):
                if pattern.negated or not _DENIED.search(words, 0, match.start()):
                    seen.add(pattern.kind)
                    start = part.start + match.start()
                    yield Found(pattern.kind, start, start + len(match.group()), pattern.why, pattern.instead)
                    break


_JARGON_WHY = "A trade or legal word. Plain words are understood by everyone."


@cache
def _jargon() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = word_list("plain_words")["jargon"]
    longest_first = sorted(words, key=len, reverse=True)
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE), words


def jargon_faults(text: str) -> Iterator[Found]:
    """Every trade word with the plain one beside it."""
    find, words = _jargon()
    for match in find.finditer(text):
        plain = words[re.sub(r"\s+", " ", match.group().lower())]
        yield Found(Kind.JARGON, match.start(), match.end(), _JARGON_WHY, _cased(match.group(), plain))


def _cased(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() and not old[1:2].isupper() else new
