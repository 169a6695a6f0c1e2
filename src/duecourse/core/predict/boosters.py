"""Gradient-boosted trees (LightGBM) as text: trained, asked and explained. Imported only when used: extra `[ml]`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from duecourse.core.predict.types import Floats

_SMALL, _LARGE = 4_000, 12_000
"""Rows below which trees stay small, and from which they may grow large."""
_BASE = {
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
}


class BoostersMissing(Exception):
    """LightGBM is not installed, so nothing can be learned or asked of what was learned."""


def available() -> bool:
    """Whether LightGBM can be imported here: the extra `[ml]`, and on bare systems the package libgomp1."""
    try:
        _lightgbm()
    except BoostersMissing:
        return False
    return True


def train(matrix: Floats, target: Floats, *, share: float | None, seed: int) -> list[str]:
    """Trees for the quantile `share` of the target, or for the chance that a 0/1 target is 1 where `share` is None.

    One text a member; few rows are cheap and noisy, so of those several members are averaged.
    """
    library = _lightgbm()
    goal = {"objective": "binary"} if share is None else {"objective": "quantile", "alpha": share}
    shape = _shape(len(target), finer=share == 0.5)
    rounds, members = shape.pop("rounds"), shape.pop("members")
    texts = []
    for member in range(members):
        settings = {**_BASE, **shape, **goal, "seed": seed + member}
        booster = library.train(settings, library.Dataset(matrix, target), num_boost_round=rounds)
        texts.append(booster.model_to_string())
    return texts


def ask(texts: Sequence[str], matrix: Floats) -> Floats:
    """One number a row: the mean of the members."""
    return np.asarray(sum(_read(text).predict(matrix, num_threads=1) for text in texts) / len(texts), dtype=np.float64)


def contributions(texts: Sequence[str], matrix: Floats) -> Floats:
    """Rows x (features + 1): what each feature adds to the answer; the last column is where all start (Lundberg 2018)."""
    parts = [_read(text).predict(matrix, pred_contrib=True, num_threads=1) for text in texts]
    return np.asarray(sum(parts) / len(parts), dtype=np.float64)


def _shape(rows: int, *, finer: bool) -> dict[str, Any]:
    if rows < _SMALL:
        return {"members": 5, "rounds": 150, "learning_rate": 0.04, "num_leaves": 7, "min_data_in_leaf": 20}
    shape = {"members": 1, "rounds": 150, "learning_rate": 0.06, "num_leaves": 31, "min_data_in_leaf": 40}
    if rows < _LARGE or not finer:
        return shape
    return {**shape, "members": 2, "rounds": 200, "learning_rate": 0.05, "num_leaves": 63}


@lru_cache(maxsize=64)
def _read(text: str) -> Any:
    return _lightgbm().Booster(model_str=text)


def _lightgbm() -> Any:
    try:
        import lightgbm
    except (ImportError, OSError) as error:
        raise BoostersMissing from error
    return lightgbm
