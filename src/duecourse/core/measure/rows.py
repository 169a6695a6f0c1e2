"""Drill-down: the very rows that a figure was counted from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

from duecourse.core.measure.arrangements import instalment_rows
from duecourse.core.measure.balance import open_rows
from duecourse.core.measure.cases import resolution_rows, retention_rows
from duecourse.core.measure.causes import cause_rows
from duecourse.core.measure.chases import contact_rows, false_chase_rows
from duecourse.core.measure.collection import collection_rows
from duecourse.core.measure.leakage import bought_rows, write_off_rows
from duecourse.core.measure.on_time import on_time_rows
from duecourse.core.measure.promises import promise_rows
from duecourse.core.measure.roll import roll_rows
from duecourse.core.measure.sales import sales_rows
from duecourse.core.measure.saved import arm_rows, told_rows
from duecourse.core.measure.service import complaint_rows, cost_rows, done_rows, wait_rows
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
    "instalments": instalment_rows,
    "due": on_time_rows,
    "writeoffs": write_off_rows,
    "costs": cost_rows,
    "bought": bought_rows,
    "complaints": complaint_rows,
    "done": done_rows,
    "waits": wait_rows,
    "told": told_rows,
    "roll": roll_rows,
    "causes": cause_rows,
    "arms": arm_rows,
}
"""Name → the function whose rows the tally counts; `Definition.rows` says which figure uses which."""
