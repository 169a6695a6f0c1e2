"""Evaluate: learn from what was known before a day, forecast what fell due later, count the errors beside baselines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from duecourse.core.predict.bankdays import kept_holidays
from duecourse.core.predict.baselines import always_on_time, customer_as_of_median
from duecourse.core.predict.features.as_of import as_of_features
from duecourse.core.predict.fit import fit
from duecourse.core.predict.invoices import NEVER, Invoices
from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.model import SILENT, Model
from duecourse.core.predict.scores import auc, brier, coverage, mean_error, root_error
from duecourse.core.predict.types import Flags, Floats, Ints


@dataclass(frozen=True)
class Evaluation:
    """`rows`: the invoices due on or after the split. `forecast` is None where too little was known to say anything.

    `ended` marks those of the rows that were settled, `actual` gives their days late.
    """

    rows: Ints
    forecast: Forecast | None
    model: Model
    report: dict[str, Any]
    ended: Flags
    actual: Floats


def evaluate(
    book: Invoices, *, split: int, known_days: int = 0, until: int = NEVER, seed: int = 0, learning: bool = True
) -> Evaluation:
    """Days `split` and `known_days` as in `duecourse predict evaluate`; each invoice is asked about on due - known_days.

    An invoice's own settlement is never used for its own forecast, even where it was paid before the question.
    Only invoices due before `until` are tested, where not all have had time to be paid.
    """
    rows = np.arange(book.size)
    at = book.due - known_days
    country, closed = kept_holidays(book, until=split)
    features = as_of_features(book, rows, at, closed=closed)
    model = fit(book, features, rows, at, until=split, country=country, seed=seed, learning=learning)
    tested = (book.due >= split) & (book.due < until)
    forecast = None
    if model.days_by != SILENT and tested.any():
        forecast = model.ask({name: values[tested] for name, values in features.items()})
    ended = book.settled[tested] < NEVER
    actual = book.days_late[tested][ended]
    report = _report(book, rows[tested], at[tested], forecast, model, ended, actual)
    report["model"] = {
        "days_by": model.days_by,
        "late_by": model.late_by,
        "holidays_of": country or None,
        "learned_from": model.prior.count,
        "judged_by": model.later,
        "trials": {name: {"mae": t.mean_error, "brier_late": t.brier} for name, t in model.trials.items()},
    }
    report["n_without_history"] = int((tested & (features["settled"] == 0)).sum())
    return Evaluation(rows[tested], forecast, model, report, ended, actual)


def _report(
    book: Invoices, rows: Ints, at: Ints, forecast: Forecast | None, model: Model, ended: Flags, actual: Floats
) -> dict[str, Any]:
    median = customer_as_of_median(book, rows, at, otherwise=model.prior.middle)
    baselines = {
        "always_on_time": _sure(always_on_time(rows)[ended], actual),
        "customer_as_of_median": _sure(median[ended], actual),
    }
    return {
        **_own(forecast.where(ended) if forecast else None, actual),
        "n": len(actual),
        **baselines,
        "baselines": baselines,
    }


def _own(forecast: Forecast | None, actual: Floats) -> dict[str, float | None]:
    if forecast is None:
        return dict.fromkeys(["mae", "rmse", "auc_late", "brier_late", "interval_coverage"])
    late = forecast.late
    return _figures(forecast.middle, late, late, forecast.low, forecast.high, actual)


def _sure(days: Floats, actual: Floats) -> dict[str, float | None]:
    """A baseline names one day and is sure of it: its band is that day, its chance of being late 0 or 1."""
    return _figures(days, days, (days > 0).astype(np.float64), days, days, actual)


def _figures(
    days: Floats, rank: Floats, chance: Floats, low: Floats, high: Floats, actual: Floats
) -> dict[str, float | None]:
    late = actual > 0
    return {
        "mae": mean_error(days, actual),
        "rmse": root_error(days, actual),
        "auc_late": auc(rank, late),
        "brier_late": brier(chance, late),
        "interval_coverage": coverage(low, high, actual),
    }
