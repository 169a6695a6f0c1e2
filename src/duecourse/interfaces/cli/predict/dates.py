"""Dates as a file writes them: one way for the whole file, found from all of its dates together."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from duecourse.site.trouble import Trouble

WAYS = {
    "ymd": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"),
    "dmy": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"),
}
_ENOUGH = 0.95
_NOTHING = ["", "null", "NULL", "NaN", "nan", "None", "NaT"]


def find_way(columns: Sequence[pl.Series], said: str | None) -> str:
    """`ymd`, `mdy` or `dmy`. Raises `Trouble` where none or more than one fits."""
    if said:
        return said
    text = pl.concat([_clean(column).alias("date") for column in columns]).drop_nulls().unique()
    fits = {way: text.len() - _read(text, way).null_count() for way in WAYS}
    best = max(fits.values())
    if best < _ENOUGH * text.len():
        raise Trouble(
            f"The dates cannot be read, such as “{text[0]}”.", "Write them as year-month-day, for example 2026-11-24."
        )
    same = [way for way, count in fits.items() if count == best]
    if len(same) > 1 and text.len():
        raise Trouble(
            "Each date of the file can be read as day-month and as month-day.", "Say which: --dates dmy or --dates mdy"
        )
    return same[0]


def read_dates(column: pl.Series, way: str) -> pl.Series:
    """Dates; null where a text is none."""
    return _read(_clean(column), way)


def _clean(column: pl.Series) -> pl.Series:
    """Without the time of day, without the decimal that spreadsheets add to 20260115."""
    bare = column.str.strip_chars().str.replace(r"[T ]\d.*$", "").str.replace(r"\.0$", "")
    return bare.replace(_NOTHING, [None] * len(_NOTHING))


def _read(text: pl.Series, way: str) -> pl.Series:
    frame = text.alias("date").to_frame()
    ways = [pl.col("date").str.to_date(form, strict=False) for form in WAYS[way]]
    return frame.select(pl.coalesce(ways)).to_series()
