"""Exports that are known column by column, each a TOML file: what names it, what its columns are, what is never read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from duecourse.connectors.importers.invoices.words import normalise


@dataclass(frozen=True)
class Profile:
    """`columns`: normalised header to field; a file has the profile's shape where all of `signature` are there."""

    name: str
    signature: frozenset[str]
    columns: dict[str, str]
    unused: frozenset[str]
    never: frozenset[str]


@cache
def profiles() -> tuple[Profile, ...]:
    """All known exports."""
    found = []
    for file in sorted(resources.files(__package__).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text("utf-8"))
            found.append(
                Profile(
                    name=table["name"],
                    signature=frozenset(map(normalise, table["signature"])),
                    columns={normalise(header): field for header, field in table["columns"].items()},
                    unused=frozenset(map(normalise, table.get("unused", {}).get("columns", ()))),
                    never=frozenset(map(normalise, table.get("never", {}).get("columns", ()))),
                )
            )
    return tuple(found)


def find_profile(headers: Iterable[str]) -> Profile | None:
    """The known export that these headers belong to: of several, the one that knows the most of them.

    >>> find_profile(["Num", "Customer", "Date", "Due Date", "Amount", "Open Balance", "P.O. #"]).name
    'QuickBooks A/R ageing detail'
    """
    have = {normalise(header) for header in headers}
    matching = [profile for profile in profiles() if profile.signature <= have]
    return max(matching, key=lambda p: len(have & (set(p.columns) | p.unused | p.never)), default=None)
