"""The forecast of a whole book: fitted on all that was settled, asked about all that is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from duecourse.core.predict.bankdays import holidays_of, kept_holidays
from duecourse.core.predict.explain import explain
from duecourse.core.predict.features.as_of import as_of_features
from duecourse.core.predict.fit import fit
from duecourse.core.predict.invoices import Invoices, day_number
from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.model import SILENT, Model
from duecourse.core.predict.signals import EVENTS, early_warnings
from duecourse.core.predict.standing import standing
from duecourse.core.predict.types import Floats, Ints
from duecourse.core.predict.waiting import still_open

ASKED_BEFORE_DUE = (0, 7, 21)
"""Days before due on which each invoice is asked about, so that one model serves all of them."""
QUESTIONS_AT_MOST = 150_000
NOT_ENOUGH = "Not enough data"
_STANDING = ("all customers", "few invoices", "own invoices")
OUTLOOK: dict[str, Any] = {
    "row": pl.Int64,
    "rests_on": pl.String,
    "p10": pl.Date,
    "expected": pl.Date,
    "p90": pl.Date,
    "p_late": pl.Float64,
    "why": pl.List(pl.String),
    "signals": pl.List(pl.String),
    "warnings": pl.List(pl.String),
}


def fit_book(book: Invoices, *, until: date, seed: int = 0, learning: bool = True) -> Model:
    """A model from all that was known on the morning of `until`."""
    rows, at = questions(book)
    country, closed = kept_holidays(book, until=day_number(until))
    features = as_of_features(book, rows, at, closed=closed)
    return fit(book, features, rows, at, until=day_number(until), country=country, seed=seed, learning=learning)


def questions(book: Invoices) -> tuple[Ints, Ints]:
    """Invoice and day: each invoice on each of ASKED_BEFORE_DUE, not before it was issued, not twice on a day; the latest."""
    rows = np.tile(np.arange(book.size), len(ASKED_BEFORE_DUE))
    ahead = np.repeat(np.array(ASKED_BEFORE_DUE), book.size)
    at = book.due[rows] - ahead
    # Of unknown issue: asked on the due date only, when it is surely out.
    asked = np.where(book.has_issued[rows], book.issued[rows] < at, False) | (ahead == 0)
    rows, at = rows[asked], at[asked]
    latest = np.sort(np.argsort(at, kind="stable")[-QUESTIONS_AT_MOST:])
    return rows[latest], at[latest]


def open_rows(book: Invoices, today: date) -> Ints:
    """Row numbers of what was issued and not settled on the morning of `today`."""
    day = day_number(today)
    return np.flatnonzero((book.settled >= day) & (book.issued <= day)).astype(np.int64)


def forecast_open(book: Invoices, model: Model, rows: Ints, today: date) -> tuple[dict[str, Floats], Forecast]:
    """Features and forecast of open invoices, given that they were not paid until `today`. ValueError on a silent model."""
    day = day_number(today)
    features = as_of_features(book, rows, np.full(len(rows), day), closed=holidays_of(model.country, book))
    return features, still_open(model.ask(features), (day - book.due[rows]).astype(np.float64))


def outlook(book: Invoices, model: Model, *, today: date, events: Mapping[str, Floats] | None = None) -> pl.DataFrame:
    """One row an open invoice, with the columns of OUTLOOK. `events`: one number a row of the book, named as in EVENTS.

    Warnings are early: for invoices that are not overdue. With a silent model dates and chances are null, never made up.
    """
    day = day_number(today)
    rows = open_rows(book, today)
    if model.days_by == SILENT or not len(rows):
        said = {"rests_on": [NOT_ENOUGH] * len(rows), "why": [[f"{NOT_ENOUGH} to forecast anything yet."]] * len(rows)}
        blank = {name: [None] * len(rows) for name in ("p10", "expected", "p90", "p_late")}
        none: list[list[str]] = [[]] * len(rows)
        return pl.DataFrame(
            {"row": rows, **said, **blank, "signals": none, "warnings": none}, schema_overrides=OUTLOOK
        ).select(pl.col(name).cast(kind) for name, kind in OUTLOOK.items())
    features, forecast = forecast_open(book, model, rows, today)
    overdue = (day - book.due[rows]).astype(np.float64)
    given = {name: values[rows] for name, values in (events or {}).items() if name in EVENTS}
    warned = early_warnings(features, forecast, given)
    warned = [seen if late <= 0 else [] for seen, late in zip(warned, overdue.tolist(), strict=True)]

    def dates(days: Floats) -> list[date]:
        found = np.clip(np.rint(days).astype(np.int64) + book.due[rows], 0, date.max.toordinal() - 1)
        return [date.fromordinal(n + 1) for n in found.tolist()]

    return pl.DataFrame(
        {
            "row": rows,
            "rests_on": [_STANDING[n] for n in standing(features["settled"]).tolist()],
            "p10": dates(forecast.low),
            "expected": dates(forecast.middle),
            "p90": dates(forecast.high),
            "p_late": forecast.late,
            "why": explain(model, features, forecast),
            "signals": [[name for name, _ in seen] for seen in warned],
            "warnings": [[words for _, words in seen] for seen in warned],
        },
        schema=OUTLOOK,
    )
