"""A fitted forecast: which way it forecasts, and how bands and chances are mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from duecourse.core.predict import band, chance
from duecourse.core.predict.methods import SIMPLE, Forecast, Prior, Trees, learned
from duecourse.core.predict.scores import brier, mean_error
from duecourse.core.predict.types import Floats

SILENT = "silent"


@dataclass(frozen=True)
class Trial:
    """How one way to forecast did on the later invoices, before mending."""

    mean_error: float
    brier: float

    @classmethod
    def of(cls, forecast: Forecast, actual: Floats) -> Trial:
        return cls(mean_error(forecast.middle, actual) or 0.0, brier(forecast.late, actual > 0) or 0.0)


@dataclass(frozen=True)
class Model:
    """`days_by` and `late_by` name the way that won on the later invoices, each for itself.

    `later`: how many those were. `country`: whose holidays the payments keep, empty for none.
    """

    days_by: str
    late_by: str
    prior: Prior
    names: list[str] = field(default_factory=list)
    trees: Trees = field(default_factory=dict)
    band: band.Mend = field(default_factory=dict)
    chance: list[float] = field(default_factory=list)
    trials: Mapping[str, Trial] = field(default_factory=dict)
    later: int = 0
    country: str = ""

    @classmethod
    def silent(cls, prior: Prior) -> Model:
        """Too little is known to say anything."""
        return cls(SILENT, SILENT, prior)

    def ask(self, features: Mapping[str, Floats]) -> Forecast:
        """The mended forecast, a number a question. Raises ValueError on a silent model."""
        if self.days_by == SILENT:
            raise ValueError("not enough data: this model says nothing")
        days = self._by(self.days_by, features)
        late = days if self.late_by == self.days_by else self._by(self.late_by, features)
        mended = band.mended(days, features["settled"], self.band)
        return replace(mended, late=chance.apply(self.chance, [late.late]))

    def _by(self, name: str, features: Mapping[str, Floats]) -> Forecast:
        if name == "learned":
            return learned(features, self.prior, self.trees, self.names)
        return SIMPLE[name](features, self.prior)
