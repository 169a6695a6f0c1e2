"""A group that is served worse is found; one that is too small is not judged; real groups are counted on UCI's cards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from duecourse.core.predict import boosters, chance
from duecourse.core.predict.fairness import by_group, gaps
from duecourse.core.predict.methods import Forecast

UCI = Path(__file__).parents[4] / "shared" / "data" / "uci_credit_default" / "UCI_Credit_Card.csv"


def _case(planted: bool):
    rng = np.random.default_rng(5)
    groups = pl.Series(["north"] * 1000 + ["south"] * 1000 + ["tiny"] * 20 + [None] * 20)
    actual = np.rint(rng.normal(3, 4, 2040))
    middle = np.full(2040, 3.0)
    late = np.full(2040, 0.6)
    if planted:
        middle[1000:2000] += 6
        late[1000:2000] = 0.95
    return by_group(Forecast(middle - 5, middle, middle + 5, late), actual, groups)


def test_a_planted_difference_is_found_with_its_size_and_side():
    gap = next(g for g in gaps(_case(planted=True)) if g.figure == "bias")
    assert (gap.lowest, gap.highest) == ("north", "south")
    assert gap.size == pytest.approx(6, abs=0.5)


def test_without_one_the_gaps_are_small():
    assert all(
        g.size < 0.5 for g in gaps(_case(planted=False)) if g.figure in ("bias", "mae", "coverage", "brier_late")
    )


def test_small_groups_are_counted_but_not_judged():
    table = _case(planted=True)
    assert table.select("group", "n", "enough").rows() == [
        ("north", 1000, True), ("south", 1000, True), ("tiny", 20, False), ("unknown", 20, False),
    ]  # fmt: skip
    assert table.filter(~pl.col("enough"))["mae"].null_count() == 2
    assert all("tiny" not in (g.lowest, g.highest) for g in gaps(table))


def test_rates_by_hand():
    actual = np.array([1.0, 1.0, 0.0, 0.0] * 25)
    late = np.array([0.9, 0.1, 0.8, 0.2] * 25)
    table = by_group(Forecast(actual - 1, actual, actual + 1, late), actual, pl.Series(["a"] * 100))
    row = table.row(0, named=True)
    assert (row["wrongly_called_late"], row["missed_late"], row["coverage"], row["mae"]) == (0.5, 0.5, 1.0, 0.0)


@pytest.mark.skipif(
    not UCI.exists(), reason="the sample lies beside the repository, in ../shared/data/uci_credit_default"
)
@pytest.mark.timeout(300)
def test_on_uci_cards_nobody_is_judged_by_group_and_chances_hold_in_each():
    cards = pl.read_csv(UCI, infer_schema_length=None)
    sex = next(c for c in cards.columns if c.upper() in ("SEX", "GENDER"))
    target = next(c for c in cards.columns if c.startswith("default"))
    grid = cards.drop("ID", sex, "EDUCATION", "MARRIAGE", "AGE", target).cast(pl.Float64).to_numpy()
    happened = cards[target].cast(pl.Float64).to_numpy()
    learn, mend, test = slice(0, 15_000), slice(15_000, 22_000), slice(22_000, None)
    trees = boosters.train(grid[learn], happened[learn], share=None, seed=0)
    weights = chance.fit([boosters.ask(trees, grid[mend])], happened[mend] > 0)
    late = chance.apply(weights, [boosters.ask(trees, grid[test])])
    days = happened[test] * 30
    for groups in (cards[sex], cards["EDUCATION"], (cards["AGE"] // 20).alias("AGE")):
        table = by_group(Forecast(days, days, days, late), days, groups[22_000:]).filter(pl.col("n") >= 300)
        assert table.height >= 2
        assert (table["auc_late"] > 0.72).all()
        assert ((table["chance_late"] - table["share_late"]).abs() < 0.06).all()
