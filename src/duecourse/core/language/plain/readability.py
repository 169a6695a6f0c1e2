"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid et al. 1975) and the ARI (Smith and Senter 1967).

A grade is a year of school: 6 suits a child of eleven. Both formulas are counted here, without any word list from outside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-zÀ-ÿ0-9£$€₹][A-Za-zÀ-ÿ0-9'’.,:/-]*")
_VOWELS = re.compile(r"[aeiouyàâäáãåèéêëìíîïòóôöõùúûü]+")
# "invoice", "asked", "rates": an e that is not heard. "table", "wanted", "houses": heard.
_SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|[aeiouy][^aeiouytd]+ed$|[aeiouy]ied$|[^sxzcghiu]es$|[a-z]ely$|eless$|eness$|(?<!e)ement|eful|\bbusi|que$"
)
# Vowels side by side that are two sounds ("create", "quiet", "idea"), unless one by their company ("invitation").
_TWO_SOUNDS = re.compile(
    r"ia(?:[bcglnmrt]|$|te)|(?<![tcsgx])io(?!u)|(?<![tcsgx])iou|reat(?:e|i|ed|es|or)|\bide|area|eing|ying|iet|scien|(?<![tc])ien[ct]|[aeo]ya|uing|ual|uat|coop|coor|eou|iu|uou|uity|\brea(?:c|l[io])|reimb|preo"
)
_ONE_SOUND = re.compile(r"[tcsg]ia[ln]|quat|qual|guar|[tcsg]eou|guing$")


@dataclass(frozen=True, slots=True)
class Grade:
    """`grade` is the mean of both formulas; words are those of a sentence on average."""

    flesch_kincaid: float
    ari: float
    mean_sentence_words: float

    @property
    def grade(self) -> float:
        return (self.flesch_kincaid + self.ari) / 2


def syllables(word: str) -> int:
    """The syllables of an English word, by its vowels.

    >>> [syllables(w) for w in ("pay", "invoice", "outstanding", "payment", "table", "asked", "obligation")]
    [1, 2, 3, 2, 2, 1, 4]
    """
    word = re.sub(r"[^a-zà-ÿ]", "", word.lower())
    if len(word) <= 3:
        return 1
    count = len(_VOWELS.findall(word)) + len(_TWO_SOUNDS.findall(word)) - len(_ONE_SOUND.findall(word))
    return max(count - len(_SILENT.findall(word)), 1)


def words_of(sentence: str) -> list[str]:
    """The words of a sentence; a number, an amount or a date's parts are words too."""
    return [word.rstrip(".,:/-'’") for word in _WORD.findall(sentence)]


def grade_of(sentences: Sequence[str]) -> Grade:
    """Both grades over sentences; nothing to read is grade 0.

    >>> easy = grade_of(["Your bill is open.", "You can pay it by card."])
    >>> easy.grade < 3
    True
    """
    counted = [words for sentence in sentences if (words := words_of(sentence))]
    words = [word for sentence in counted for word in sentence]
    if not words:
        return Grade(0.0, 0.0, 0.0)
    per_sentence = len(words) / len(counted)
    sounds = sum(syllables(word) for word in words) / len(words)
    letters = sum(_letters(word) for word in words) / len(words)
    return Grade(
        max(0.0, 0.39 * per_sentence + 11.8 * sounds - 15.59),
        max(0.0, 4.71 * letters + 0.5 * per_sentence - 21.43),
        per_sentence,
    )


def _letters(word: str) -> int:
    # An amount or a reference is read as one thing, however many digits it has.
    if any(char.isdigit() for char in word):
        return min(4, sum(char.isalnum() for char in word))
    return sum(char.isalnum() for char in word)
