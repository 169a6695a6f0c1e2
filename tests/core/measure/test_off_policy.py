"""Off-policy estimates: on books with known truth the interval holds it as often as it says; without overlap, no number."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from duecourse.core.measure.off_policy import difference, worth

STRATA = ("good_payer", "new", "usually_late")
TRUTH = {  # mean outcome by stratum and action
    ("good_payer", "now"): 0.90, ("good_payer", "new"): 0.90,
    ("new", "now"): 0.60, ("new", "new"): 0.70,
    ("usually_late", "now"): 0.40, ("usually_late", "new"): 0.46,
}  # fmt: skip
SHARES = (0.5, 0.3, 0.2)
CHANCE_OF_NEW = {"good_payer": 0.15, "new": 0.5, "usually_late": 0.8}  # who fares worse was tried more: naive is wrong


def book(seed: int, n: int = 600) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    stratum = np.array(STRATA)[rng.choice(3, n, p=SHARES)]
    chance = np.array([CHANCE_OF_NEW[s] for s in stratum])
    new = rng.random(n) < chance
    action = np.where(new, "new", "now")
    paid = rng.random(n) < np.array([TRUTH[s, a] for s, a in zip(stratum, action, strict=True)])
    return pl.DataFrame(
        {"unit": np.arange(n), "stratum": stratum, "action": action, "propensity": np.where(new, chance, 1 - chance),
         "outcome": paid.astype(float)}
    )  # fmt: skip


def policy(action: str) -> pl.DataFrame:
    return pl.DataFrame({"stratum": STRATA, "action": [action] * 3, "share": [1.0] * 3})


GAIN = sum(share * (TRUTH[s, "new"] - TRUTH[s, "now"]) for s, share in zip(STRATA, SHARES, strict=True))


def test_on_200_books_the_interval_holds_the_truth_nine_times_in_ten():
    found = [difference(book(seed), policy("now"), policy("new"), level=0.9) for seed in range(200)]
    held = sum(e.low <= GAIN <= e.high for e in found)
    assert 0.85 * 200 <= held <= 0.95 * 200
    assert abs(np.mean([e.value for e in found]) - GAIN) < 0.01


def test_the_plain_difference_of_means_would_have_misled():
    rows = pl.concat([book(seed) for seed in range(20)])
    naive = (
        rows.filter(pl.col("action") == "new")["outcome"].mean()
        - rows.filter(pl.col("action") == "now")["outcome"].mean()
    )
    assert naive < -0.1 < 0 < GAIN


def test_without_overlap_there_is_no_number():
    never = book(1).filter(pl.col("action") == "now")
    found = difference(never, policy("now"), policy("new"))
    assert (found.says, found.value, found.covered) == ("cannot_tell", None, 0)
    assert found.untried == tuple((s, "new") for s in STRATA)


def test_a_stratum_without_overlap_is_left_out_and_said():
    rows = book(1).filter(~((pl.col("stratum") == "new") & (pl.col("action") == "new")))
    found = difference(rows, policy("now"), policy("new"))
    assert found.says == "told_in_part" and found.untried == (("new", "new"),)
    assert found.covered == rows.filter(pl.col("stratum") != "new").height < found.units


def test_chances_that_were_next_to_nothing_are_no_overlap():
    rows = book(1).with_columns(propensity=pl.when(pl.col("action") == "new").then(0.001).otherwise(0.999))
    assert difference(rows, policy("now"), policy("new")).says == "cannot_tell"


def test_the_value_of_the_policy_that_ran_is_the_mean():
    rows = book(3).with_columns(action=pl.lit("now"), propensity=pl.lit(1.0))
    assert worth(rows, policy("now")).value == pytest.approx(rows["outcome"].mean())


def test_rows_of_one_customer_count_once():
    rows = book(4)
    assert worth(pl.concat([rows, rows]), policy("new")).high == pytest.approx(worth(rows, policy("new")).high)


@pytest.mark.parametrize("shares", [[0.5] * 3, [1.0, 1.0, 0.0]])
def test_a_policy_that_is_not_whole_is_refused(shares):
    with pytest.raises(ValueError, match=r"sum to|does not say"):
        worth(book(1), policy("new").with_columns(share=pl.Series(shares)))
