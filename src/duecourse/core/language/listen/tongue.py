"""Which language a text is in, by its small words and its script. Words are counted, nothing is guessed from names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from duecourse.core.language.packaged import word_list

UNDERSTOOD = frozenset({"en", "de", "fr", "es"})
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SCRIPTS = {
    "ru": re.compile(r"[а-яА-ЯёЁ]"),
    "el": re.compile(r"[α-ωΑ-Ω]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
}
_READ = 4_000  # letters are enough


@cache
def _tongues() -> dict[str, tuple[str, ...]]:
    """The languages in which a word is common, by word."""
    spoken: dict[str, tuple[str, ...]] = {}
    for tongue, words in word_list("tongues").items():
        for word in words.split():
            spoken[word] = (*spoken.get(word, ()), tongue)
    return spoken


def tongue(text: str) -> str:
    """ISO 639-1; "en" where nothing says otherwise, "und" where there are no words at all.

    >>> tongue("Ich habe die Rechnung schon bezahlt"), tongue("J'ai déjà payé la facture"), tongue("STOP"), tongue("👍")
    ('de', 'fr', 'en', 'und')
    """
    read = text[:_READ]
    words = _WORD.findall(read.lower())
    if not words:
        return "und"
    letters = sum(map(len, words))
    for script, find in _SCRIPTS.items():
        if len(find.findall(read)) * 2 > letters or (script == "ja" and len(find.findall(read)) * 5 > letters):
            return script
    points: Counter[str] = Counter()
    for word in words:
        spoken = _tongues().get(word, ())
        for one in spoken:
            points[one] += 1 / len(spoken)  # type: ignore[assignment]
    if not points:
        return "en"
    best, most = max(points.items(), key=lambda found: (found[1], found[0] == "en"))
    # One word that others share says little: then English, or a language that we understand.
    known = max(UNDERSTOOD, key=lambda one: (points[one], one == "en"))
    if points[known] >= most - 0.4 or (best not in UNDERSTOOD and most < 1.5):
        return known if points[known] > points["en"] + 0.2 else "en"
    return best
