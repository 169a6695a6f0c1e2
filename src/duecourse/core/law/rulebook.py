"""The rulebook: which rules are in force on a date, their citations and their numbers, from dated, sourced TOML.

>>> from datetime import date
>>> rules = Rulebook.load(as_of=date(2026, 6, 10))
>>> rules["US-REGF-14b-FREQ"].numbers["max"], rules["US-REGF-14b-FREQ"].version
(7, '2021-11-30')
>>> rules["HOUSE-BUDGET"].label
'policy'

A file in `numbers/` is a table of rules; each has a title, a label (law, guideline, policy), a citation, and
`versions`:
`from` (first day in force), optionally `until` (first day no longer in force), `source`, and the numbers.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

LABELS = ("law", "guideline", "policy")


class RulebookError(ValueError):
    """A rule file that cannot be trusted: says which rule, what is wrong, and the mend."""


@dataclass(frozen=True)
class RuleText:
    """One rule as it stands on the rulebook's date. `version` is the ISO date from which this wording holds."""

    id: str
    title: str
    label: str
    citation: str
    version: str
    source: str
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One rule that differs between two dates: what changed, from when."""

    id: str
    title: str
    before: RuleText | None
    after: RuleText | None


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules in force on `as_of`. Read once from the package, then only passed around.

    Compared by identity; `fingerprint` tells whether two books say the same.
    """

    as_of: date
    texts: Mapping[str, RuleText]

    @classmethod
    def load(cls, as_of: date) -> Rulebook:
        """The rules in force on `as_of`. Raises RulebookError on a gap or an overlap in a rule's dates."""
        return _in_force(as_of)

    def __getitem__(self, rule: str) -> RuleText:
        return self.texts[rule]

    def __contains__(self, rule: object) -> bool:
        return rule in self.texts

    def with_numbers(self, rule: str, **numbers: Any) -> Rulebook:
        """The same book with other numbers for one house rule, for example a brand's own contact budget.

        Raises RulebookError for a rule that is law or guideline: those numbers are not the house's to set.
        """
        text = self.texts[rule]
        if text.label != "policy":
            raise RulebookError(f"{rule} is {text.label}. Its numbers cannot be set by the house.")
        unknown = sorted(set(numbers) - set(text.numbers))
        if unknown:
            raise RulebookError(f"{rule} has no number {unknown[0]!r}. It has: {', '.join(sorted(text.numbers))}.")
        changed = replace(text, numbers={**text.numbers, **numbers}, version=f"{text.version}+own")
        return replace(self, texts={**self.texts, rule: changed})

    @property
    def fingerprint(self) -> str:
        """Sha-256 of every rule text: two runs with the same fingerprint were judged by the same rules."""
        plain = {key: [t.version, t.citation, t.numbers] for key, t in sorted(self.texts.items())}
        return hashlib.sha256(json.dumps(plain, default=str, sort_keys=True).encode()).hexdigest()

    def changes(self, since: Rulebook) -> list[Change]:
        """What a reader of `since` must know: rules added, dropped or reworded, by id."""
        found = []
        for key in sorted(set(self.texts) | set(since.texts)):
            before, after = since.texts.get(key), self.texts.get(key)
            named = after or before
            if before != after and named is not None:
                found.append(Change(key, named.title, before, after))
        return found


@cache
def _in_force(as_of: date) -> Rulebook:
    texts = {key: text for key, entry in _entries().items() if (text := current(key, entry, as_of)) is not None}
    return Rulebook(as_of, texts)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """Every rule of every packaged file. The one file read in core: packaged data, once a process."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(resources.files("duecourse.core.law.numbers").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            for key, entry in tomllib.loads(file.read_text("utf-8")).items():
                if key in found:
                    raise RulebookError(f"{file.name}: rule {key} is written twice. Keep one.")
                found[key] = entry
    return found


@cache
def history() -> tuple[tuple[RuleText, date | None], ...]:
    """Every version of every rule, by id and date, with the first day on which it no longer holds (None: open)."""
    told = []
    for key, entry in sorted(_entries().items()):
        starts = [version["from"] for version in entry["versions"]]
        for version, following in zip(entry["versions"], [*starts[1:], None], strict=True):
            text = current(key, entry, version["from"])
            if text is not None:
                told.append((text, version.get("until", following)))
    return tuple(told)


def current(key: str, entry: Mapping[str, Any], as_of: date) -> RuleText | None:
    """The version of a rule in force on `as_of`; None before its first day or after its last.

    Raises RulebookError where versions overlap, leave a gap, lack a source, or the label is unknown.
    """
    versions = list(entry.get("versions", ()))
    if not versions or entry.get("label") not in LABELS:
        raise RulebookError(f"{key}: needs a label of {', '.join(LABELS)} and at least one version.")
    for earlier, later in pairwise(versions):
        end = earlier.get("until", later["from"])
        if later["from"] <= earlier["from"] or end > later["from"]:
            raise RulebookError(
                f"{key}: the versions from {earlier['from']} and {later['from']} overlap. Mend their dates."
            )
        if end < later["from"]:
            raise RulebookError(f"{key}: no version covers {end} to {later['from']}. Close the gap.")
    begun = [version for version in versions if version["from"] <= as_of]
    if not begun or begun[-1].get("until", date.max) <= as_of:
        return None
    version = begun[-1]
    if "source" not in version:
        raise RulebookError(f"{key}: the version from {version['from']} names no source. Add one.")
    numbers = {name: value for name, value in version.items() if name not in ("from", "until", "source", "citation")}
    citation = version.get("citation", entry["citation"])
    return RuleText(key, entry["title"], entry["label"], citation, str(version["from"]), version["source"], numbers)
