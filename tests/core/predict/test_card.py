"""The card says what was learned from, what did best, for what it is not, and the back test or why there is none."""

from __future__ import annotations

import json
from datetime import date

from duecourse.core.predict.book import fit_book
from duecourse.core.predict.card import card_text, make_card
from duecourse.core.predict.evaluate import evaluate
from duecourse.core.predict.invoices import Invoices, day_number
from tests.core.predict import books

DAY = date(2026, 1, 1)


def _card(frame, back_test=None):
    model = fit_book(Invoices.of(frame), until=DAY)
    return make_card(
        model, learned_until="2026-01-01", fitted_at="2026-01-01T09:00:00+00:00", fitted_by="Ana",
        data={"invoices": frame.height}, back_test=back_test,
    )  # fmt: skip


def test_a_card_of_a_switched_off_model():
    frame = books.habits(10, 40, noise=0.0)
    report = evaluate(Invoices.of(frame), split=day_number(date(2025, 9, 1))).report
    card = _card(frame, {"split_date": "2025-09-01", **report})
    text = card_text(card)
    assert card["switched_off"]
    assert "nothing else did better" in text
    assert "Back test: invoices due from 2025-09-01" in text
    assert "| customer's median | 0.000 |" in text
    assert "Refusing a customer" in text
    assert json.loads(json.dumps(card)) == card


def test_a_card_of_a_silent_model():
    text = card_text(_card(books.habits(1, 5)))
    assert "Not enough data: nothing is forecast." in text
    assert "Not enough data for one." in text
