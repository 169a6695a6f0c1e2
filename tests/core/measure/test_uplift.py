"""Uplift: what a contact adds, on a published experiment where it is at hand and on small books always."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from duecourse.core.measure.before_after import before_after
from duecourse.core.measure.uplift import by_stratum, effect, ranked

FILE = Path(__file__).parents[4] / "shared" / "data" / "hillstrom_email" / "hillstrom.csv.gz"
ARMS = {"Mens E-Mail": 0.0766, "Womens E-Mail": 0.0452}
NO_DATA = pytest.mark.skipif(not FILE.exists(), reason="the Hillstrom e-mail experiment is not on this machine")


def hillstrom(arm: str) -> pl.DataFrame:
    rows = pl.read_csv(FILE).filter(pl.col("segment").is_in([arm, "No E-Mail"]))
    bins = pl.sum_horizontal(pl.col("history") > cut for cut in (65, 150, 325))
    return rows.select(
        stratum=pl.format("{}/{}/{}", bins, pl.col("recency") // 4, "newbie"),
        treated=pl.col("segment") == arm,
        outcome=pl.col("visit").cast(pl.Float64),
        pull=(pl.col("history") > 150).cast(pl.Float64) + (pl.col("newbie") == 0).cast(pl.Float64),
    )


@NO_DATA
@pytest.mark.parametrize(("arm", "published"), ARMS.items())
def test_the_published_effect_is_found(arm, published):
    whole = effect(hillstrom(arm).with_columns(stratum=pl.lit("all")))
    print(f"{arm}: {whole.value:+.4f} ({whole.low:+.4f} to {whole.high:+.4f})")
    assert whole.value == pytest.approx(published, abs=0.0001)
    assert whole.low < published < whole.high


@NO_DATA
@pytest.mark.parametrize(("arm", "published"), ARMS.items())
def test_a_confounded_half_is_corrected(arm, published):
    """Of those who visit anyway, most treated stay in the half; of the others, most untreated. Twenty halves by lot."""
    rows = hillstrom(arm)
    keep = np.array([0.2, 0.5, 0.8])[rows["pull"].to_numpy().astype(int)]
    stays = np.where(rows["treated"].to_numpy(), keep, 1 - keep)
    halves = [rows.filter(pl.Series(np.random.default_rng(seed).random(rows.height) < stays)) for seed in range(20)]
    naive = np.array([effect(half.with_columns(stratum=pl.lit("all"))).value for half in halves]) / published - 1
    mended = np.array([effect(half).value for half in halves]) / published - 1
    within = int((np.abs(mended) < 0.15).sum())
    print(f"{arm}: naive {naive.mean():+.0%}, corrected {mended.mean():+.1%}, {within} of 20 halves within 15 %")
    assert (np.abs(naive) > 0.25).all()
    assert abs(mended.mean()) < 0.08 and within >= 15


def book(effects: dict[str, float], n: int = 400) -> pl.DataFrame:
    rng = np.random.default_rng(1)
    parts = []
    for stratum, gain in effects.items():
        treated = rng.random(n) < 0.5
        paid = rng.random(n) < 0.5 + gain * treated
        parts.append(pl.DataFrame({"stratum": [stratum] * n, "treated": treated, "outcome": paid.astype(float)}))
    return pl.concat(parts)


def test_strata_are_told_by_what_a_contact_adds():
    told = by_stratum(book({"forgets": 0.3, "pays anyway": 0.0, "annoyed": -0.3}))
    assert dict(told.select("stratum", "says").iter_rows()) == {
        "forgets": "helps", "pays anyway": "no_clear_effect", "annoyed": "harms"
    }  # fmt: skip


def test_a_side_that_is_missing_gives_no_number():
    seen = book({"a": 0.2}).filter(pl.col("treated"))
    assert by_stratum(seen)["says"].to_list() == ["cannot_tell"]
    assert effect(seen).value is None


def test_ranking_goes_by_gain_and_leaves_alone_whom_it_harms():
    strata = by_stratum(book({"forgets": 0.3, "pays anyway": 0.0, "annoyed": -0.3}))
    units = pl.DataFrame(
        {
            "unit": [1, 2, 3, 4],
            "stratum": ["pays anyway", "forgets", "forgets", "annoyed"],
            "worth": [9e4, 10.0, 900.0, 9e5],
        }
    )
    order = ranked(units.filter(pl.col("stratum") != "pays anyway"), strata)
    assert order["unit"].to_list() == [3, 2, 4]
    assert order["contact"].to_list() == [True, True, False]


def test_before_and_after_by_segment_says_how_sure():
    rng = np.random.default_rng(2)
    rows = pl.DataFrame(
        {"customer": np.arange(800), "segment": ["new", "large"] * 400, "after": [False, False, True, True] * 200}
    ).with_columns(outcome=pl.Series(rng.random(800)) < 0.4 + 0.3 * pl.col("after") * (pl.col("segment") == "new"))
    told = before_after(pl.concat([rows, rows.head(3).with_columns(segment=pl.lit("few"))]))
    assert dict(told.select("segment", "says").iter_rows())["new"] == "higher"
    assert dict(told.select("segment", "says").iter_rows())["few"] == "cannot_tell"
    assert told["segment"][0] == "" and told.filter(pl.col("segment") == "large")["says"][0] == "no_clear_change"
