"""What stands between the cells of a text file."""

from __future__ import annotations

import csv
import re
from collections import Counter

from duecourse.connectors.importers.problems import Unreadable

CANDIDATES = (",", ";", "\t", "|")
NAMES = {",": "csv", ";": "semicolon", "\t": "tsv", "|": "pipe"}
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def find_delimiter(text: str) -> str:
    """The character that cuts the most lines into the same number of cells. `text` is the beginning of the file.

    >>> find_delimiter("Nummer;Betrag\\n1;1.234,50\\n2;7,00\\n")
    ';'

    Raises Unreadable where no candidate makes two columns.
    """
    if found := _SEP_LINE.match(text):
        return found.group(1)
    best, best_score = "", 0.0
    for delimiter in CANDIDATES:
        widths = [w for w in _widths(text, delimiter) if w]
        if not widths:
            continue
        width, lines = _usual(widths)
        score = lines / len(widths) * min(width, 12)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    if not best:
        raise Unreadable(
            "Only one column was found.", mend="Export it with commas, semicolons or tabs between the cells."
        )
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    """Cells a record, blank records as 0; a record that is cut off at the end of the sample is left out."""
    widths: list[int] = []
    reader = csv.reader(text.splitlines(keepends=True)[:400], delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        widths.append(len(row) if any(cell.strip() for cell in row) else 0)
    return widths


def _usual(widths: list[int]) -> tuple[int, int]:
    """The usual width over one, and how many records have it."""
    counts = Counter(w for w in widths if w > 1)
    return max(counts.items(), key=lambda item: (item[1], item[0])) if counts else (1, 0)
