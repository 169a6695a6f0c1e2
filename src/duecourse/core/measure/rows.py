"""Drill-down: the very rows that a figure was counted from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

from duecourse.core.measure.balance import open_rows
from duecourse.core.measure.cases import resolution_rows, retention_rows
from duecourse.core.measure.chases import contact_rows, false_chase_rows
from duecourse.core.measure.collection import collection_rows
from duecourse.core.measure.promises import promise_rows
from duecourse.core.measure.sales import sales_rows
from duecourse.core.measure.sheet import Sheet

ROWS: Final[dict[str, Callable[[Sheet, date], pl.DataFrame]]] = {
    "open": open_rows,
    "sales": sales_rows,
    "collection": collection_rows,
    "promises": promise_rows,
    "retention": retention_rows,
    "resolution": resolution_rows,
    "contacts": contact_rows,
    "chases": false_chase_rows,
}
"""Name → the function whose rows the tally counts; `Definition.rows` says which figure uses which."""
