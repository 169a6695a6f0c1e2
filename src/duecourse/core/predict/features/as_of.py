"""Every feature of every question, from what was known when it was asked and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl

from duecourse.core.predict.features.calendar import calendar
from duecourse.core.predict.features.disputes import disputes
from duecourse.core.predict.features.exposure import exposure
from duecourse.core.predict.features.habit import habit
from duecourse.core.predict.features.monthday import monthday
from duecourse.core.predict.features.neighbours import neighbours
from duecourse.core.predict.features.payday import payday
from duecourse.core.predict.features.portfolio import portfolio
from duecourse.core.predict.features.relative import PREFIX, relative
from duecourse.core.predict.features.rhythm import rhythm
from duecourse.core.predict.features.size import size
from duecourse.core.predict.features.view import View
from duecourse.core.predict.history import History
from duecourse.core.predict.invoices import SCHEMA, Invoices
from duecourse.core.predict.types import Floats, Ints

FAMILIES: dict[str, Callable[[View], dict[str, Floats]]] = {
    "habit": habit,
    "payday": payday,
    "monthday": monthday,
    "neighbours": neighbours,
    "rhythm": rhythm,
    "size": size,
    "calendar": calendar,
    "exposure": exposure,
    "disputes": disputes,
    "portfolio": portfolio,
}
CHUNK = 100_000
"""Questions at a time: memory does not grow with the book."""


def as_of_features(book: Invoices, rows: Ints, at: Ints, *, closed: Ints | None = None) -> dict[str, Floats]:
    """Feature → one number a question: when will invoice `rows[i]` be paid, asked on the morning of day `at[i]`?

    Nothing that happened on or after `at` is read, and never the invoice's own settlement. `closed` are holidays.
    """
    parts = list(_parts(book, rows, at, np.zeros(0, dtype=np.int64) if closed is None else closed))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def families() -> dict[str, str]:
    """Feature → family, in the order of the matrix."""
    nothing = np.zeros(0, dtype=np.int64)
    book = Invoices.of(pl.DataFrame(schema=SCHEMA))
    empty = View.of(book, nothing, nothing, History.of(book), nothing)
    out: dict[str, str] = {}
    found: dict[str, Floats] = {}
    for family, function in FAMILIES.items():
        own = function(empty)
        found |= own
        out |= dict.fromkeys(own, family)
    return out | {name: out[name.removeprefix(PREFIX)] for name in relative(found)}


def matrix(features: dict[str, Floats], names: list[str]) -> Floats:
    """Questions x features, in the order of `names`. Raises KeyError where one is missing."""
    return np.column_stack([features[name] for name in names])


def _parts(book: Invoices, rows: Ints, at: Ints, closed: Ints) -> Iterator[dict[str, Floats]]:
    history = History.of(book)
    for start in range(0, max(len(rows), 1), CHUNK):
        view = View.of(book, rows[start : start + CHUNK], at[start : start + CHUNK], history, closed)
        found: dict[str, Floats] = {}
        for family in FAMILIES.values():
            found |= family(view)
        yield found | relative(found)
