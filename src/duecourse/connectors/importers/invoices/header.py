"""Where the header stands: below title lines, above the rows."""

from __future__ import annotations

import re

from duecourse.connectors.importers.invoices.named import by_name
from duecourse.connectors.importers.problems import Unreadable

LOOK = 40
_VALUE = re.compile(r"^[\s$€£(+-]*\d[\d.,/\s:-]*\)?%?$|@")


def find_header(rows: list[list[str]]) -> int:
    """Index of the header among the first rows: the row whose cells name the most fields.

    >>> find_header([["Acme Ltd"], ["A/R Aging Detail"], [], ["Num", "Customer", "Date"], ["1", "Bakery", "2/1/2026"]])
    3

    Where no row names any, the first row as wide as most that holds words only. Raises Unreadable where there is none.
    """
    best, best_score = -1, 1.0
    for index, row in enumerate(rows[:LOOK]):
        cells = [cell for cell in row if cell.strip()]
        if len(cells) < 2 or any(_VALUE.search(cell.strip()) for cell in cells):
            continue
        score = sum(max((n[1] for n in by_name(cell)[0]), default=0.0) for cell in cells)
        if score > best_score:
            best, best_score = index, score
    if best >= 0:
        return best
    widths = sorted(len([c for c in row if c.strip()]) for row in rows[:LOOK])
    usual = widths[len(widths) // 2] if widths else 0
    for index, row in enumerate(rows[:LOOK]):
        cells = [cell for cell in row if cell.strip()]
        if len(cells) >= max(2, usual) and not any(_VALUE.search(cell.strip()) for cell in cells):
            return index
    raise Unreadable(
        "No line names the columns.",
        mend="Put a line with names such as Invoice, Customer, Date, Due date and Amount on top.",
    )
