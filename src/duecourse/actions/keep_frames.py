"""A run's facts and decisions as Parquet, so that it can be explained and decided again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import polars as pl

from duecourse.core.facts.book import SCHEMAS, Book

_LEVEL = 1
"""Zstandard level: the frames compress well already at the cheapest."""
_LATER = {"circumstances", "instalments", "expected", "placed"}
"""Frames that runs of earlier versions did not keep, since there was nothing in them."""


def keep(folder: Path, first_shard: int, book: Book, decisions: pl.DataFrame) -> None:
    """Write the frames of a part; each file appears whole or not at all. An interrupted part is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in {**book.frames(), "decisions": decisions}.items():
        _write(frame, _path(folder, first_shard, name))


def keep_shadow(folder: Path, first_shard: int, trial_id: int, decisions: pl.DataFrame) -> None:
    """Write what a playbook in shadow would have decided of a part. Nothing is planned from it."""
    _write(decisions, _path(folder, first_shard, f"shadow-{trial_id}"))


def shadow(folder: Path, first_shard: int, trial_id: int) -> pl.DataFrame:
    """What a playbook in shadow would have decided of a part. Raises FileNotFoundError."""
    return pl.read_parquet(_path(folder, first_shard, f"shadow-{trial_id}"))


def _write(frame: pl.DataFrame, path: Path) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(".part")
    frame.write_parquet(beside, compression="zstd", compression_level=_LEVEL, statistics=False)
    os.replace(beside, path)


def facts(folder: Path, first_shard: int, *, at: datetime) -> Book:
    """The book that a part was decided on. Raises FileNotFoundError where the frames are gone."""
    kept = [name for name in SCHEMAS if name not in _LATER or _path(folder, first_shard, name).exists()]
    return Book.of(at, **{name: pl.read_parquet(_path(folder, first_shard, name)) for name in kept})


def decisions(folder: Path, first_shard: int) -> pl.DataFrame:
    """The decisions of a part, as they were made."""
    return pl.read_parquet(_path(folder, first_shard, "decisions"))


def _path(folder: Path, first_shard: int, name: str) -> Path:
    return folder / f"{first_shard:03d}.{name}.parquet"
