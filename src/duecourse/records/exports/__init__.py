"""Tables as a user owns them: references beside ids, money in minor units, a range of shards at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from duecourse.records.exports.contacts import contacts
from duecourse.records.exports.tables import TABLES
from duecourse.records.measures import ranges

NAMES = ("contacts", *TABLES)


def steps(name: str, creditors: Sequence[int] | None) -> list[tuple[int, int]]:
    """The ranges of shards that the table is read in."""
    return ranges(creditors, at_once=TABLES[name].debts_at_once if name in TABLES else 20_000)


def read(
    name: str, parts: Sequence[tuple[int, int]], *, creditors: Sequence[int] | None, runs: Path
) -> Iterator[pl.DataFrame]:
    """One frame for each of `parts`, all of one schema. `runs` is the folder that keeps the frames of the days.

    Raises KeyError for a table that there is not.
    """
    for first, last in parts:
        if name == "contacts":
            yield contacts(first, last, creditors=creditors, runs=runs)
        else:
            yield TABLES[name].read(first, last, creditors)
