"""What changed in the rules, and from when.

>>> from datetime import date
>>> [(c.id, c.from_on.isoformat(), c.what) for c in changes(date(2026, 1, 1), until=date(2026, 12, 31))]
[('UK-GDPR-ADM', '2026-02-05', ('A new rule.',))]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duecourse.core.law.rulebook import RulebookError, RuleText, current, history


@dataclass(frozen=True)
class RuleChange:
    """One rule from one day on: `text` is its wording then, or its last one where it ends (`ended`)."""

    id: str
    from_on: date
    text: RuleText
    what: tuple[str, ...]
    ended: bool = False


def changes(since: date, *, until: date | None = None) -> list[RuleChange]:
    """Every version that begins, and every rule that ends, after `since` (up to and with `until`), oldest first."""
    found: list[RuleChange] = []
    before: RuleText | None = None
    versions = history()
    for n, (text, end) in enumerate(versions):
        earlier = before if before is not None and before.id == text.id else None
        start = date.fromisoformat(text.version)
        if since < start and (until is None or start <= until):
            found.append(RuleChange(text.id, start, text, differences(earlier, text)))
        last = n + 1 == len(versions) or versions[n + 1][0].id != text.id
        if last and end is not None and since < end and (until is None or end <= until):
            found.append(RuleChange(text.id, end, text, ("It no longer holds.",), ended=True))
        before = text
    return sorted(found, key=lambda change: (change.from_on, change.id))


def differences(before: RuleText | None, after: RuleText) -> tuple[str, ...]:
    """What a reader of the earlier version must know, a sentence each."""
    if before is None:
        return ("A new rule.",)
    names = dict.fromkeys([*before.numbers, *after.numbers])
    told = [
        f"{name.replace('_', ' ')}: {before.numbers.get(name, 'none')} before, {after.numbers.get(name, 'none')} now."
        for name in names
        if before.numbers.get(name) != after.numbers.get(name)
    ]
    if before.citation != after.citation:
        told.append(f"Now under {after.citation}.")
    return tuple(told) or (f"The source changed: {after.source}.",)


def check(text: str, *, name: str) -> int:
    """How many rules a rule file holds. Raises RulebookError on a gap or an overlap in dates, or anything missing."""
    try:
        entries: Mapping[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{name} is not TOML: {error}. Mend that line.") from None
    for key, entry in entries.items():
        for field in ("title", "citation", "label", "versions"):
            if not isinstance(entry, Mapping) or field not in entry:
                raise RulebookError(f"{name}: {key} lacks {field!r}. Add it.")
        for version in entry["versions"]:
            if not isinstance(version.get("from"), date):
                raise RulebookError(f"{name}: {key} has a version without a first day. Write from = 2026-01-01.")
        for version in entry["versions"]:
            current(key, entry, version["from"])
    return len(entries)
