"""Values as text that any reader understands: ISO 8601 with offset for instants, JSON for what is nested."""

from __future__ import annotations

import polars as pl


def iso_times(frame: pl.DataFrame) -> pl.DataFrame:
    """Instants as `2026-11-24T09:14:00.000000+00:00`; dates and all else as they are."""
    instants = [c for c, t in frame.schema.items() if isinstance(t, pl.Datetime)]
    return frame.with_columns(pl.col(c).dt.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z") for c in instants)


def nested_as_json(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists and structs as JSON text, null where they are null."""
    out = []
    for name, kind in frame.schema.items():
        if isinstance(kind, pl.Struct):
            out.append(pl.when(pl.col(name).is_not_null()).then(pl.col(name).struct.json_encode()).alias(name))
        elif isinstance(kind, pl.List):
            wrapped = pl.struct(pl.col(name).alias("x")).struct.json_encode()
            bare = wrapped.str.strip_prefix('{"x":').str.strip_suffix("}")
            out.append(pl.when(pl.col(name).is_not_null()).then(bare).alias(name))
    return frame.with_columns(out)
