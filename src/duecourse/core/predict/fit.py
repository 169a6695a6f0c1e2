"""Fit: learn, compare with simple forecasts on later invoices, keep the better, mend bands and chances."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from duecourse.core.predict import band, boosters, chance
from duecourse.core.predict.features.as_of import families
from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.known import known_by
from duecourse.core.predict.methods import SIMPLE, Forecast, Prior, Trees, learn, learned
from duecourse.core.predict.model import Model, Trial
from duecourse.core.predict.types import Flags, Floats, Ints

ENOUGH = 30
"""Known outcomes below which nothing is said at all."""
ENOUGH_TO_LEARN = 300
"""Known outcomes below which only simple forecasts are tried."""
LATER = 0.2
"""Share of the known invoices, the latest, that decide between forecasts and mend them.

The larger it is, the less is left to learn from before it, and the wider the bands come out: on rolling splits of real
payments a fifth covered 80.4 of 100, three tenths 81.6.
"""
LATER_AT_MOST = 10_000
_RIPE = 0.95, 60
"""An invoice is ripe to judge by once this share of all is settled; never waited for longer than so many days."""


def fit(
    book: Invoices,
    features: Mapping[str, Floats],
    rows: Ints,
    at: Ints,
    *,
    until: int,
    country: str = "",
    seed: int = 0,
    learning: bool = True,
) -> Model:
    """A model from what was known on the morning of `until`. `features` are those of the questions (rows, at).

    Without `learning` only the simple ways are tried: nothing that a second person would have to approve.
    """
    known = known_by(book, rows, at, until)
    prior = Prior.of(known.days[known.asked])
    if prior.count < ENOUGH:
        return Model.silent(prior)
    names = list(families())
    later, cut = _later(book.due[rows], known.days, known.asked, until)
    earlier = known_by(book, rows, at, cut)
    tried = _try(
        _take(features, earlier.asked), earlier.days[earlier.asked], _take(features, later), names, seed, learning
    )
    actual = known.days[later]
    settled = features["settled"][later]
    trials = {name: Trial.of(forecast, actual) for name, forecast in tried.items()}
    days, late = _best(trials, "mean_error"), _best(trials, "brier")
    trees: Trees = {}
    if "learned" in (days, late):
        trees = learn(_take(features, known.asked), known.days[known.asked], prior, names, seed)
    guesses = [tried[late].late]
    return Model(
        days_by=days,
        late_by=late,
        prior=prior,
        names=names,
        trees=trees,
        band=band.mend(tried[days], actual, settled),
        chance=chance.fit(guesses, actual > 0),
        trials=trials,
        later=int(later.sum()),
        country=country,
    )


def _later(due: Ints, days: Floats, asked: Flags, until: int) -> tuple[Flags, int]:
    """The latest ripe questions, and the day on which the first of them fell due."""
    share, longest = _RIPE
    wait = int(np.clip(np.quantile(days[asked], share), 0, longest))
    ripe = asked & (due < until - wait)
    if not ripe.any():
        ripe = asked
    in_order = np.sort(due[ripe])
    size = min(max(int(len(in_order) * LATER), 1), LATER_AT_MOST)
    cut = int(in_order[-size])
    return ripe & (due >= cut), cut


def _try(
    features: Mapping[str, Floats],
    days: Floats,
    later: Mapping[str, Floats],
    names: list[str],
    seed: int,
    learning: bool,
) -> dict[str, Forecast]:
    """Every way to forecast, made from the earlier invoices, asked about the later ones."""
    prior = Prior.of(days)
    out = {name: method(later, prior) for name, method in SIMPLE.items()}
    if learning and len(days) >= ENOUGH_TO_LEARN and np.ptp(days) > 0 and boosters.available():
        out["learned"] = learned(later, prior, learn(features, days, prior, names, seed), names)
    return out


def _best(trials: Mapping[str, Trial], figure: str) -> str:
    """The smallest error; of equals the simplest, since simple forecasts come first."""
    return min(trials, key=lambda name: getattr(trials[name], figure))


def _take(features: Mapping[str, Floats], which: Flags) -> dict[str, Floats]:
    return {name: values[which] for name, values in features.items()}
