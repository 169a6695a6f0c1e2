"""Patterns of words by label, from data/heard/*.toml: sure ones decide, hints speak for the learned head to weigh.

A file has one table a label: `sure` and `hint` (regular expressions, any case), `against` (where it matches in the same
clause, sure patterns do not count), `veto` (where it matches, the label does not hold in that clause at all), `except` (taken out of the text before), `guards` (see guards.py) and `whole` (looks
at all that was said, not at one clause). `<name>` stands for a part of data/heard_parts.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from duecourse.core.language.listen.guards import GUARDS, denied
from duecourse.core.language.listen.label import URGENT, Label
from duecourse.core.language.packaged import word_list, word_lists

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is listened for under one name: a label, or `urgent`."""

    name: str
    sure: Patterns
    hint: Patterns
    against: Patterns
    veto: Patterns
    excepted: Patterns
    guards: tuple[str, ...]
    whole: bool

    def found(self, words: str) -> int | None:
        """Where a sure pattern matches, unguarded; None where none does."""
        for excepted in self.excepted:
            words = excepted.sub(lambda match: " " * len(match.group()), words)
        for pattern in self.sure:
            for match in pattern.finditer(words):
                if not any(GUARDS[guard](words, match.start()) for guard in self.guards):
                    return None if any(against.search(words) for against in self.against) else match.start()
        return None

    def vetoed(self, words: str) -> bool:
        """Does the clause say that the label does not hold?"""
        return any(pattern.search(words) for pattern in self.veto)

    def hints(self, words: str) -> int:
        """How many hints match and are not denied."""
        return sum(1 for pattern in self.hint if (match := pattern.search(words)) and not denied(words, match.start()))


@cache
def rules() -> tuple[Rule, ...]:
    """All of them, `urgent` among them. Raises ValueError where a file names what is no label."""
    parts: dict[str, str] = word_list("heard_parts")
    tables: dict[str, dict[str, Any]] = {}
    for file in (*word_lists("heard"), word_list("vulnerability")):
        for name, table in file.items():
            # Several files may speak for one label.
            tables[name] = {
                **table,
                **{key: [*held, *table.get(key, [])] for key, held in tables.get(name, {}).items()},
            }
    if unknown := sorted(tables.keys() - {*Label, URGENT}):
        raise ValueError(f"data/heard: {', '.join(unknown)} is no label; see listen/label.py for the labels")
    return tuple(_rule(name, table, parts) for name, table in sorted(tables.items()))


def _rule(name: str, table: dict[str, Any], parts: dict[str, str]) -> Rule:
    def compiled(key: str) -> Patterns:
        return tuple(re.compile(_filled(pattern, parts), re.IGNORECASE) for pattern in table.get(key, ()))

    sure = compiled("sure") + compiled("patterns")
    guards = tuple(table.get("guards", ()))
    whole = bool(table.get("whole", False))
    return Rule(name, sure, compiled("hint"), compiled("against"), compiled("veto"), compiled("except"), guards, whole)


def _filled(pattern: str, parts: dict[str, str]) -> str:
    # A part may hold another one.
    for _ in range(2):
        for name, part in parts.items():
            pattern = pattern.replace(f"<{name}>", part)
    return pattern
