"""What is learned, what is switched off, what is left unsaid; the same data gives the same model."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from duecourse.core.predict import boosters
from duecourse.core.predict.book import fit_book
from duecourse.core.predict.evaluate import evaluate
from duecourse.core.predict.invoices import Invoices, day_number
from duecourse.core.predict.model import SILENT
from duecourse.core.predict.model_file import write_model
from tests.core.predict import books

SPLIT = date(2026, 1, 15)


def _evaluated(frame, **more):
    return evaluate(Invoices.of(frame), split=day_number(SPLIT), **more)


def test_a_weekly_run_is_learned_and_beats_both_baselines():
    found = _evaluated(books.habits(weekly=True, noise=1.0), known_days=7)
    report = found.report
    assert found.model.days_by == "learned"
    assert report["mae"] < 0.85 * report["customer_as_of_median"]["mae"]
    assert report["mae"] < report["always_on_time"]["mae"]
    assert report["auc_late"] > 0.9
    assert 0.72 <= report["interval_coverage"] <= 0.9


def test_where_a_customer_keeps_to_one_day_the_simple_forecast_is_kept():
    found = _evaluated(books.habits(noise=0.0))
    assert found.model.days_by == "customer_as_of_median"
    assert found.report["mae"] == 0


def test_a_constant_target_switches_learning_off():
    frame = books.habits(8, 60).with_columns(settled=pl.col("due"))
    found = _evaluated(frame)
    assert (found.model.days_by, found.report["mae"]) == ("always_on_time", 0)
    assert found.report["auc_late"] is None


def test_the_worse_way_never_wins(monkeypatch):
    """Canary: trees that answer nonsense are switched off by the later invoices."""
    asked = boosters.ask
    monkeypatch.setattr(boosters, "ask", lambda texts, grid: asked(texts, grid) + 50)
    found = _evaluated(books.habits(weekly=True))
    assert found.model.days_by != "learned"


def test_without_the_extra_a_simple_way_is_used(monkeypatch):
    monkeypatch.setattr(boosters, "available", lambda: False)
    found = _evaluated(books.habits(weekly=True))
    assert found.model.days_by in ("customer_as_of_median", "usual_day")
    assert found.report["mae"] is not None


def test_nothing_is_said_of_too_little():
    found = _evaluated(books.habits(2, 8))
    assert found.model.days_by == SILENT
    assert found.forecast is None
    assert found.report["mae"] is None
    with pytest.raises(ValueError, match="not enough data"):
        found.model.ask({})


def test_the_outcome_after_the_split_teaches_nothing():
    frame = books.habits(20, 40)
    late = pl.when(pl.col("settled") >= SPLIT).then(pl.col("settled") + pl.duration(days=99)).otherwise("settled")
    one, two = _evaluated(frame), _evaluated(frame.with_columns(settled=late))
    before = pl.Series(one.rows) >= 0
    asked_early = np.isin(one.rows, np.flatnonzero(Invoices.of(frame).due == day_number(SPLIT)))
    assert asked_early.any()
    assert before.all()
    # Questions asked on the day of the split know nothing later, so neither model nor features may differ.
    assert np.array_equal(one.forecast.middle[asked_early], two.forecast.middle[asked_early])
    assert write_model(one.model, {}) == write_model(two.model, {})


def test_the_same_data_gives_the_same_bits():
    frame = books.habits(12, 40, weekly=True)
    day = SPLIT + timedelta(days=100)
    one, two = (write_model(fit_book(Invoices.of(frame), until=day), {}) for _ in range(2))
    assert one == two
