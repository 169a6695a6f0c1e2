"""What should come in each week from the invoices of a part of a book; parts taken together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from duecourse.core.predict.book import forecast_open, open_rows
from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.model import SILENT, Model
from duecourse.core.predict.receipts import SCHEMA, receipts

WEEKS: Final = 8


def weeks_of(invoices: pl.DataFrame, model: Model, *, today: date, weeks: int = WEEKS) -> pl.DataFrame:
    """currency, week, expected, low, high in minor units, from `today` on; no rows where the model says nothing.

    `invoices` as records.invoices_asof gives them. Of today what is open is known; of an earlier day the whole amount.
    """
    book = Invoices.of(invoices)
    rows = open_rows(book, today)
    if model.days_by == SILENT or not len(rows):
        return pl.DataFrame(schema=SCHEMA)
    _, forecast = forecast_open(book, model, rows, today)
    known = invoices[rows.tolist()]
    amount = pl.when(pl.col("settled").is_null()).then("open").otherwise("amount").cast(pl.Float64)
    amounts = known.select(amount).to_series().to_numpy()
    return receipts(
        forecast, known["due"].to_list(), amounts, known["currency"], known["customer"], today=today, weeks=weeks
    )


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Parts whose customers pay apart from each other's: sums add up, spreads add up as squares.

    >>> day = date(2026, 11, 23)
    >>> one = pl.DataFrame([("GBP", day, 100, 70, 130)], schema=SCHEMA, orient="row")
    >>> two = pl.DataFrame([("GBP", day, 100, 60, 140)], schema=SCHEMA, orient="row")
    >>> together([one, two]).rows()
    [('GBP', datetime.date(2026, 11, 23), 200, 150, 250)]
    """
    whole = pl.concat([pl.DataFrame(schema=SCHEMA), *parts])
    up, down = (pl.col("high") - pl.col("expected")) ** 2, (pl.col("expected") - pl.col("low")) ** 2
    return (
        whole.group_by("currency", "week")
        .agg(pl.col("expected").sum(), up=up.sum().sqrt(), down=down.sum().sqrt())
        .select(
            "currency",
            "week",
            "expected",
            low=(pl.col("expected") - pl.col("down")).clip(0).round().cast(pl.Int64),
            high=(pl.col("expected") + pl.col("up")).round().cast(pl.Int64),
        )
        .sort("currency", "week")
    )
