"""Differences of two strategies: paired, with ends, and none where there is nothing to compare."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from duecourse.core.simulate.compare import compare
from duecourse.core.simulate.outcome import MEASURES


def world(seed: int, *, contacts: float = 2.0, plans: int = 1) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    n = 400
    columns = {name: np.zeros(n) for m in MEASURES for name in (m.above, m.below)}
    owed = rng.lognormal(6, 1, n)
    columns |= {
        "customers": np.ones(n),
        "owed": owed,
        "paid": owed * rng.uniform(0.8, 1, n),
        "plans": np.full(n, plans),
    }
    columns["contacts"] = rng.poisson(contacts, n).astype(float)
    return pl.DataFrame(columns)


def by_key(now, new):
    return {d.measure.key: d for d in compare(now, new)}


@pytest.mark.parametrize("seeds", [1, 5])
def test_fewer_contacts_are_better_and_the_interval_says_so(seeds):
    found = by_key([world(s) for s in range(seeds)], [world(100 + s, contacts=1.0) for s in range(seeds)])["contacts"]
    assert found.says == "better" and found.low < found.mean < found.high < 0
    assert found.mean == pytest.approx(-1, abs=0.3)


@pytest.mark.parametrize("seeds", [1, 5])
def test_the_same_lives_differ_in_nothing(seeds):
    worlds = [world(s) for s in range(seeds)]
    assert {d.says for d in compare(worlds, worlds)} == {"no_clear_change", "cannot_tell"}


def test_a_world_without_the_thing_is_left_out_and_none_with_it_cannot_be_told():
    without, having = world(1, plans=0), world(2)
    assert by_key([without], [without])["plan_breaks"].says == "cannot_tell"
    assert by_key([without, having], [without, having])["plan_breaks"].mean == 0


def test_on_worlds_that_do_not_differ_a_difference_is_seldom_seen():
    seen = [
        by_key([world(3 * s + k) for k in range(3)], [world(9000 + 3 * s + k) for k in range(3)]) for s in range(100)
    ]
    assert sum(found["recovered"].says != "no_clear_change" for found in seen) <= 10
