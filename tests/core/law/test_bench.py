"""The gate's bench runs on a small book and says what it measured."""

from __future__ import annotations

from duecourse.bench import gate
from duecourse.bench.measure import Measured


def test_the_bench_measures_every_candidate_beside_a_reference() -> None:
    measured = Measured("gate", customers=2000, seed=1)
    gate.run(measured, lambda _: None)
    result = measured.result()
    rows = result["rows"]
    assert rows["candidates"] == 2000 == rows["allow"] + rows["defer"] + rows["block"]
    assert min(rows.values()) > 0
    assert set(result["reference"]) == {"before", "after"}
    assert result["ratio_to_one_reference"] > 0
    assert len(gate.bare_rules()) == 20
