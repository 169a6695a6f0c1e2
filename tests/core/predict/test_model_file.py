"""A model is JSON text: read back it answers the same; foreign, damaged and older files are refused in words."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from duecourse.core.predict.book import fit_book, forecast_open, open_rows
from duecourse.core.predict.invoices import Invoices
from duecourse.core.predict.model_file import VERSION, ModelRefused, read_model, write_model
from tests.core.predict import books

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def book():
    return Invoices.of(books.habits(30, 40, weekly=True, noise=1.0))


@pytest.fixture(scope="module")
def text(book):
    return write_model(fit_book(book, until=DAY), {"what": "card"})


def test_read_back_it_answers_the_same(book, text):
    model, card = read_model(text)
    assert card == {"what": "card"}
    assert model.days_by == "learned"
    rows = open_rows(book, DAY)
    _, one = forecast_open(book, fit_book(book, until=DAY), rows, DAY)
    _, two = forecast_open(book, model, rows, DAY)
    for part in ("low", "middle", "high", "late"):
        assert np.array_equal(getattr(one, part), getattr(two, part))
    assert write_model(model, card) == text


def _changed(text, **more):
    return json.dumps({**json.loads(text), **more})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: _changed(t, version=VERSION + 1), f"version {VERSION + 1}; this program reads version {VERSION}"),
        (lambda t: _changed(t, version=None), "of version None"),
        (lambda t: _changed(t, card={"what": "another"}), "changed after it was written"),
        (lambda t: t[: len(t) // 2], "not a model file"),
        (lambda t: "", "not a model file"),
        (lambda t: "[1, 2]", "not a model file"),
        (lambda t: "null", "not a model file"),
        (lambda t: '{"a": 1}', "not a model file"),
        (lambda t: "\x80\x04\x95pickle", "not a model file"),
    ],
)
def test_what_is_refused(text, change, says):
    with pytest.raises(ModelRefused, match=says):
        read_model(change(text))


@pytest.mark.parametrize(
    "damage",
    [
        lambda model: model.pop("prior"),
        lambda model: model.update(names=["age_of_the_person"]),
        lambda model: model.update(days_by="fortune"),
        lambda model: model.update(extra=1),
    ],
)
def test_a_file_that_fits_its_digest_but_not_this_program_is_refused(text, damage):
    from duecourse.core.predict.model_file import _digest

    body = json.loads(text)
    body.pop("digest")
    damage(body["model"])
    with pytest.raises(ModelRefused, match="duecourse predict fit"):
        read_model(json.dumps({**body, "digest": _digest(body)}))
