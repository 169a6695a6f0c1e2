"""How well invoices of the last months were forecast, group by group: made then, judged by what came since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from duecourse.core.predict.evaluate import evaluate
from duecourse.core.predict.fairness import by_group
from duecourse.core.predict.invoices import Invoices, day_number
from duecourse.records.insight.served import GROUPS, group_columns
from duecourse.records.invoices_asof import invoices_asof

AGO: Final = timedelta(days=120)
TIME_TO_PAY: Final = timedelta(days=45)
MOST: Final = 40_000
"""Invoices looked at, the newest: a page waits for this."""


def check_fairness(creditors: Sequence[int] | None, *, today: date) -> dict[str, pl.DataFrame]:
    """Group column → core.predict.fairness.by_group; empty where too little is known to forecast anything.

    By the simple ways, which need no approval and are what runs without one. A model's own card says how it did.
    """
    part, people = group_columns(creditors)
    frame = invoices_asof(today, creditors=creditors, within=[part]).sort("due", "debt").tail(MOST)
    if frame.height == 0:
        return {}
    book = Invoices.of(frame)
    found = evaluate(
        book, split=day_number(today - AGO), known_days=7, until=day_number(today - TIME_TO_PAY), learning=False
    )
    if found.forecast is None or not found.ended.any():
        return {}
    groups = frame.select("customer").join(people, on="customer", how="left", maintain_order="left")
    told, rows = found.forecast.where(found.ended), found.rows[found.ended].tolist()
    return {name: by_group(told, found.actual, groups[name][rows]) for name in GROUPS}
