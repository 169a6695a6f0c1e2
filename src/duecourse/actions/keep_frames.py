"""A run's facts and decisions as Parquet, so that it can be explained and decided again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import polars as pl

from duecourse.core.facts.book import SCHEMAS, Book

_LEVEL = 1
"""Zstandard level: the frames compress well already at the cheapest."""


def keep(folder: Path, first_shard: int, book: Book, decisions: pl.DataFrame) -> None:
    """Write the frames of a part; each file appears whole or not at all. An interrupted part is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in {**book.frames(), "decisions": decisions}.items():
        path = _path(folder, first_shard, name)
        beside = path.with_suffix(".part")
        frame.write_parquet(beside, compression="zstd", compression_level=_LEVEL, statistics=False)
        os.replace(beside, path)


def facts(folder: Path, first_shard: int, *, at: datetime) -> Book:
    """The book that a part was decided on. Raises FileNotFoundError where the frames are gone."""
    return Book.of(at, **{name: pl.read_parquet(_path(folder, first_shard, name)) for name in SCHEMAS})


def decisions(folder: Path, first_shard: int) -> pl.DataFrame:
    """The decisions of a part, as they were made."""
    return pl.read_parquet(_path(folder, first_shard, "decisions"))


def _path(folder: Path, first_shard: int, name: str) -> Path:
    return folder / f"{first_shard:03d}.{name}.parquet"
