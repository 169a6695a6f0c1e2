"""Promises and payments without a word: honest where little is known, right where much is, blind to what came later."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from duecourse.core.predict.pays_alone import SCHEMA, pays_alone, weeks_seen
from duecourse.core.predict.promises import promise_chances

TODAY = date(2026, 6, 1)


def _debts(rows: list[tuple[int, date, date | None, date | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _world(*, seed: int, customers: int = 300, each: int = 8, chase_at: int | None = None) -> pl.DataFrame:
    """Each customer pays an overdue invoice in any week with a chance of their own; some are chased on a day."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, date, date | None, date | None]] = []
    for customer in range(customers):
        chance = rng.beta(2, 3)
        for n in range(each):
            due = TODAY - timedelta(days=int(rng.integers(15, 300)) + n)
            week = int(rng.geometric(chance)) - 1
            paid = due + timedelta(days=7 * week + int(rng.integers(1, 8)))
            chased = None if chase_at is None else due + timedelta(days=chase_at)
            chased = chased if chased and chased <= paid else None
            rows.append((customer, due, paid if paid < TODAY else None, chased))
    return _debts(rows)


@pytest.mark.parametrize("chase_at", [None, 14])
def test_the_chance_of_paying_without_a_word_comes_true(chase_at: int | None) -> None:
    """Against a fresh draw of the same customers: what is said of those a few days overdue is what happens."""
    known = _world(seed=1, chase_at=chase_at)
    ask = pl.DataFrame({"customer": range(300), "due": [TODAY - timedelta(days=1)] * 300})
    ask = ask.with_columns(settled=None, chased=None)
    told = pays_alone(pl.concat([known, ask.select(pl.col(c).cast(t) for c, t in SCHEMA.items())]), today=TODAY)
    assert told.height == 300
    rng = np.random.default_rng(1)
    # The same order of draws gives each customer's own chance again.
    truth = []
    for _ in range(300):
        chance = rng.beta(2, 3)
        truth.append(1 - (1 - chance) ** 2)
        for _ in range(8):
            rng.integers(15, 300), rng.geometric(chance), rng.integers(1, 8)
    # Of those with an older invoice open, later weeks are asked about, which nobody saw where all are chased.
    asked = (told["overdue"] == 1).to_numpy()
    true = np.array(truth)[asked]
    error = told["chance"].to_numpy()[asked] - true
    assert asked.sum() > 150
    assert abs(error.mean()) < 0.06
    everybody = true.mean() - true
    assert (error**2).mean() < 0.75 * (everybody**2).mean()


def test_a_book_that_is_always_chased_early_says_nothing_of_the_later_weeks() -> None:
    known = _world(seed=2, chase_at=3)
    asked = _debts([(1, TODAY - timedelta(days=40), None, None)])
    told = pays_alone(pl.concat([known.filter(pl.col("settled").is_not_null()), asked]), today=TODAY)
    assert told.row(0, named=True)["chance"] is None


def test_what_comes_after_today_changes_nothing() -> None:
    rows = _world(seed=3)
    later = rows.with_columns(
        settled=pl.when(pl.col("settled").is_null()).then(pl.lit(TODAY + timedelta(days=9))).otherwise("settled")
    )
    assert pays_alone(rows, today=TODAY).equals(pays_alone(later, today=TODAY))


def test_a_week_in_which_we_wrote_first_is_no_evidence() -> None:
    due = TODAY - timedelta(days=60)
    day = lambda n: due + timedelta(days=n)  # noqa: E731
    seen = weeks_seen(_debts([(1, due, day(12), day(10))]), today=TODAY)
    assert seen.rows() == [(1, 0, False)]
    seen = weeks_seen(_debts([(1, due, day(12), day(12))]), today=TODAY)
    assert seen.rows() == [(1, 0, False), (1, 1, True)]
    assert weeks_seen(_debts([(1, due, due, None)]), today=TODAY).height == 0


def test_no_history_is_said_and_not_made_up() -> None:
    told = pays_alone(_debts([(1, TODAY - timedelta(days=3), None, None)]), today=TODAY)
    assert told.rows() == [(1, 3, 0, None)]
    assert pays_alone(_debts([]), today=TODAY).height == 0
    few = promise_chances(pl.DataFrame({"customer": [1, 1], "kept": [True, True]}))
    assert few["chance"].to_list() == [None]


def test_promises_of_few_cases_stay_near_all_and_of_many_near_their_own() -> None:
    rng = np.random.default_rng(4)
    customers = np.repeat(np.arange(200), rng.integers(1, 12, 200))
    chance = rng.beta(6, 2, 200)
    kept = rng.random(len(customers)) < chance[customers]
    told = promise_chances(pl.DataFrame({"customer": customers, "kept": kept}))
    ours = np.array(told["chance"]) - chance[told["customer"].to_numpy()]
    raw = np.array(told["kept_of_own"] / told["made"]) - chance[told["customer"].to_numpy()]
    base = kept.mean() - chance
    assert (ours**2).mean() < min((raw**2).mean(), (base**2).mean())
    assert ((told["chance"] > 0) & (told["chance"] < 1)).all()
