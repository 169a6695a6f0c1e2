"""Records of a delimited text, each with the line it starts on; a bad quote costs its own record, not the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from duecourse.connectors.importers.invoices.table import Broken

_QUOTE_MEND = "Double the quote marks inside a cell, or take them out."


def records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]] | Broken]:
    """Yield (1-based line, cells) or Broken. `lines` keep their line ends.

    >>> list(records(['a,"b', 'c"', 'd,e'], ","))
    [(1, ['a', 'bc']), (3, ['d', 'e'])]

    A quote that is never closed would swallow the rest of the file: the line it opens on is refused, and reading goes on
    at the next one.
    """
    start = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        base, restart = start, None
        at = base
        while restart is None:
            at = base + reader.line_num
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                swallowed = base + reader.line_num - at > 1
                if "unexpected end" in str(error) or "field larger" in str(error) or swallowed:
                    restart = at + 1
                yield Broken(
                    at + 1,
                    "",
                    "quotes",
                    lines[at].strip()[:80],
                    "a quote mark around a whole cell, closed again",
                    _QUOTE_MEND,
                )
            else:
                if row:
                    yield at + 1, row
        start = restart
