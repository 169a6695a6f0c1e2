"""Why a forecast is what it is, case by case, in words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from duecourse.core.predict import boosters
from duecourse.core.predict.features.as_of import families, matrix
from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.model import Model
from duecourse.core.predict.standing import standing_words
from duecourse.core.predict.types import Floats

REASONS = {
    "habit": "how late earlier invoices were paid",
    "payday": "the weekdays and bank days on which this customer pays",
    "monthday": "the part of the month in which this customer pays",
    "neighbours": "invoices that fell due around the same days",
    "rhythm": "how often this customer paid lately",
    "size": "the amount",
    "calendar": "the due date and the terms",
    "exposure": "what else is open or overdue",
    "disputes": "disputes",
    "portfolio": "the terms and the currency",
}
"""Family of features → what it is called."""
_WORTH_SAYING = 0.5
_AT_MOST = 3
WAYS = {
    "always_on_time": "The forecast is the due date: nothing else did better on later invoices.",
    "customer_as_of_median": "The forecast is the middle of earlier invoices: nothing else did better.",
    "usual_day": "The forecast is the customer's usual bank day: nothing else did better.",
}


def explain(model: Model, features: Mapping[str, Floats], forecast: Forecast) -> list[list[str]]:
    """One list of sentences a question. Raises ValueError on a silent model."""
    effects = family_effects(model, features) if model.days_by == "learned" else None
    return [
        [
            _answer(forecast.middle[i], forecast.low[i], forecast.high[i], forecast.late[i]),
            standing_words(int(features["settled"][i]), others=model.prior.count),
            *_habit(features["settled"][i], features["late_q50"][i]),
            *([WAYS[model.days_by]] if effects is None else _reasons({f: float(e[i]) for f, e in effects.items()})),
        ]
        for i in range(len(forecast.middle))
    ]


def family_effects(model: Model, features: Mapping[str, Floats]) -> dict[str, Floats]:
    """Family → days that it adds to the customer's usual day. With the trees' start they add up to the forecast."""
    added = boosters.contributions(model.trees["middle"], matrix(dict(features), model.names))
    of = families()
    return {
        family: np.asarray(added[:, [i for i, name in enumerate(model.names) if of[name] == family]].sum(axis=1))
        for family in REASONS
    }


def late_words(days: float) -> str:
    """
    >>> late_words(0), late_words(1), late_words(-3)
    ('on the due date', '1 day late', '3 days early')
    """
    whole = round(days)
    if whole == 0:
        return "on the due date"
    unit = "day" if abs(whole) == 1 else "days"
    return f"{abs(whole)} {unit} {'late' if whole > 0 else 'early'}"


def in_100(chance: float) -> str:
    """A chance as a whole number of 100; certainty is only said of what has happened already.

    >>> in_100(0.304), in_100(0.9996), in_100(1.0), in_100(0.001)
    ('30', '99', '100', '1')
    """
    return str(round(chance * 100)) if chance in (0.0, 1.0) else str(min(max(round(chance * 100), 1), 99))


def _answer(middle: float, low: float, high: float, late: float) -> str:
    return (
        f"Most likely paid {late_words(middle)}. Eight in ten such invoices are paid between "
        f"{late_words(low)} and {late_words(high)}. The chance of being late is {in_100(late)} in 100."
    )


def _habit(settled: float, middle: float) -> list[str]:
    return [f"Half of them were paid {late_words(middle)} or sooner."] if settled >= 1 else []


def _reasons(effects: Mapping[str, float]) -> list[str]:
    strong = sorted(((abs(days), family, days) for family, days in effects.items()), reverse=True)
    said = [
        f"It moves {_days(days)} {'later' if days > 0 else 'earlier'} because of {REASONS[family]}."
        for size, family, days in strong[:_AT_MOST]
        if size >= _WORTH_SAYING
    ]
    return said or ["Nothing moves it by half a day or more from this customer's usual day."]


def _days(days: float) -> str:
    size = f"{abs(days):.1f}".removesuffix(".0")
    return f"{size} {'day' if size == '1' else 'days'}"
