"""Early warnings: signs, seen before the due date, that an invoice may slip; each with its reason in words (R10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from duecourse.core.predict.explain import in_100, late_words
from duecourse.core.predict.methods import Forecast
from duecourse.core.predict.types import Flags, Floats

EVENTS = ("broken_promises", "part_payments", "bounced_contacts")
"""Counts in the 60 days before the question, per customer; a name that is not given is not looked at."""
Columns = Mapping[str, Floats]


@dataclass(frozen=True)
class Signal:
    """`seen` says where it holds; `words` gives the reason for one row; both read the columns by name."""

    name: str
    seen: Callable[[Columns], Flags]
    words: Callable[[Mapping[str, float]], str]
    needs: tuple[str, ...] = ()


def _slower(c: Columns) -> Flags:
    """The last five took clearly longer than the customer's middle, by more than the usual spread of five invoices."""
    step = c["late_median_5"] - c["late_q50"]
    return np.asarray(
        (c["settled"] >= 10) & (step >= np.maximum(3.0, 1.25 * c["late_spread"] / np.sqrt(5.0))), dtype=np.bool_
    )


def _silent(c: Columns) -> Flags:
    """Nothing settled for thrice as long as usual while something is overdue."""
    usual = np.maximum(c["days_between"], 1.0)
    quiet = c["days_since_settled"] > np.maximum(3 * usual, 30.0)
    return np.asarray((c["settled"] >= 5) & (c["overdue_count"] > 0) & quiet, dtype=np.bool_)


SIGNALS = (
    Signal(
        "likely_late",
        lambda c: (c["p_late"] >= 0.6) & (c["middle"] >= 3),
        lambda r: f"Likely {late_words(r['middle'])}: the chance of being late is {in_100(r['p_late'])} in 100.",
    ),
    Signal(
        "slower",
        _slower,
        lambda r: f"Pays more slowly: lately {late_words(r['late_median_5'])}, before {late_words(r['late_q50'])}.",
    ),
    Signal(
        "silent",
        _silent,
        lambda r: f"Has settled nothing for {int(r['days_since_settled'])} days, and something is overdue.",
    ),
    Signal("disputed", lambda c: c["disputed"] > 0, lambda r: "This invoice is disputed."),
    Signal(
        "broken_promise",
        lambda c: c["broken_promises"] > 0,
        lambda r: "A promise to pay was not kept in the last 60 days.",
        ("broken_promises",),
    ),
    Signal(
        "part_payment",
        lambda c: c["part_payments"] > 0,
        lambda r: "Paid only a part of an invoice in the last 60 days.",
        ("part_payments",),
    ),
    Signal(
        "bounced",
        lambda c: c["bounced_contacts"] > 0,
        lambda r: "A message could not be delivered in the last 60 days. Check the address.",
        ("bounced_contacts",),
    ),
)


def early_warnings(
    features: Mapping[str, Floats], forecast: Forecast, events: Mapping[str, Floats] | None = None
) -> list[list[tuple[str, str]]]:
    """(signal, reason) pairs a question. Ask about invoices that are not due yet; `events` hold columns of `EVENTS`."""
    columns = {**features, **(events or {}), "p_late": forecast.late, "middle": forecast.middle}
    out: list[list[tuple[str, str]]] = [[] for _ in range(len(forecast.middle))]
    for signal in SIGNALS:
        if all(name in columns for name in signal.needs):
            for i in np.flatnonzero(signal.seen(columns)).tolist():
                out[i].append((signal.name, signal.words({name: float(values[i]) for name, values in columns.items()})))
    return out
