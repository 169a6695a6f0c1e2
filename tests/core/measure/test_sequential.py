"""Stop rules: looked at after every batch, they cry wolf at most one time in twenty, and they do find what is there."""

from __future__ import annotations

import numpy as np
import pytest

from duecourse.core.measure.sequential import ALARM, Arm, harm, judge

RUNS = 1000
LOOKS, BATCH = 26, 60


def trial(seed: int, *, now: float, new: float, complain_now: float = 0.004, complain_new: float = 0.004) -> str:
    """How a trial of LOOKS weekly looks ends."""
    rng = np.random.default_rng(seed)
    paid = [rng.binomial(BATCH, p, LOOKS).cumsum() for p in (now, new)]
    bad = [rng.binomial(BATCH, p, LOOKS).cumsum() for p in (complain_now, complain_new)]
    for look in range(LOOKS):
        n = BATCH * (look + 1)
        arms = []
        for side in (0, 1):
            mean = paid[side][look] / n
            arms.append(Arm(n, mean, mean * (1 - mean) * n / (n - 1), int(bad[side][look])))
        stop = judge(*arms).stop
        if stop != "goes_on":
            return stop
    return "goes_on"


def test_under_no_effect_false_alarms_are_rare():
    ends = [trial(seed, now=0.6, new=0.6) for seed in range(RUNS)]
    alarms = sum(end in ("better", "worse") for end in ends)
    harms = sum(end == "harm" for end in ends)
    print(f"{RUNS} null runs: {alarms} false alarms of benefit, {harms} of harm")
    assert alarms <= ALARM * RUNS and harms <= ALARM * RUNS


def test_looking_again_and_again_at_a_usual_interval_would_not_do():
    wrong = 0
    for seed in range(RUNS):
        rng = np.random.default_rng(seed)
        a, b = (rng.binomial(BATCH, 0.6, LOOKS).cumsum() / (BATCH * np.arange(1, LOOKS + 1)) for _ in range(2))
        half = 1.96 * np.sqrt((a * (1 - a) + b * (1 - b)) / (BATCH * np.arange(1, LOOKS + 1)))
        wrong += bool((np.abs(a - b)[1:] > half[1:]).any())
    assert wrong > 3 * ALARM * RUNS


def test_a_real_gain_and_a_real_harm_are_found():
    assert sum(trial(seed, now=0.60, new=0.68) == "better" for seed in range(40)) > 30
    assert sum(trial(seed, now=0.60, new=0.60, complain_new=0.03) == "harm" for seed in range(40)) > 35


def test_few_customers_never_end_it_by_benefit():
    assert judge(Arm(50, 0.1, 0.09), Arm(50, 0.9, 0.09)).stop == "goes_on"


@pytest.mark.parametrize(
    ("now", "new", "share", "alarm"), [(0, 0, 0.5, False), (2, 20, 0.5, True), (20, 2, 0.5, False), (4, 6, 0.1, True)]
)
def test_evidence_of_harm(now, new, share, alarm):
    assert (harm(now, new, share=share) >= 1 / ALARM) is alarm
