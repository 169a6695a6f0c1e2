"""Reasons: they add up to the forecast, name what was known, and read plainly."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from duecourse.core.predict.book import fit_book, forecast_open, open_rows, outlook
from duecourse.core.predict.explain import REASONS, explain, family_effects
from duecourse.core.predict.features.as_of import families
from duecourse.core.predict.invoices import Invoices
from tests.core.predict import books

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def case():
    book = Invoices.of(books.habits(15, 40, weekly=True, noise=1.0))
    model = fit_book(book, until=DAY)
    rows = open_rows(book, DAY)
    features, forecast = forecast_open(book, model, rows, DAY)
    return book, model, features, forecast


def test_every_family_has_words():
    assert set(families().values()) == set(REASONS)


def test_effects_add_up_to_the_forecast(case):
    from duecourse.core.predict import boosters
    from duecourse.core.predict.features.as_of import matrix

    _, model, features, _ = case
    grid = matrix(features, model.names)
    start = boosters.contributions(model.trees["middle"], grid)[:, -1]
    total = start + sum(family_effects(model, features).values())
    assert np.allclose(total, boosters.ask(model.trees["middle"], grid), atol=1e-6)


def test_sentences_are_short_and_true_to_the_numbers(case):
    _, model, features, forecast = case
    for i, sentences in enumerate(explain(model, features, forecast)):
        text = " ".join(sentences)
        assert max(len(s.split()) for s in re.split(r"(?<=[.:]) ", text)) <= 25
        assert f"{int(features['settled'][i])} settled invoice" in text
        assert str(abs(round(float(forecast.middle[i])))) in sentences[0] or "on the due date" in sentences[0]
        assert "nan" not in text


def test_a_new_customer_is_told_from_a_known_one(case):
    import polars as pl

    _, model, _, _ = case
    frame = pl.concat(
        [
            books.habits(15, 40, weekly=True, noise=1.0),
            pl.DataFrame({"customer": ["new"], "amount": [500], "issued": [date(2025, 12, 20)], "due": [date(2026, 1, 19)],
                          "settled": [None]}, schema_overrides={"settled": pl.Date}),
        ]
    )  # fmt: skip
    told = outlook(Invoices.of(frame), model, today=DAY).row(-1, named=True)
    assert told["rests_on"] == "all customers"
    assert "Not enough data about this customer yet." in told["why"][1]


def test_a_simple_way_says_so():
    book = Invoices.of(books.habits(10, 40, noise=0.0))
    model = fit_book(book, until=DAY)
    rows = open_rows(book, DAY)
    features, forecast = forecast_open(book, model, rows, DAY)
    assert "nothing else did better" in explain(model, features, forecast)[0][-1]
