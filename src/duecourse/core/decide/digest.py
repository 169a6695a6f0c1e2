"""A hash of a decision frame by value: equal only where every value of it is, however the frame came about."""

from __future__ import annotations

import hashlib

import polars as pl


def digest(frame: pl.DataFrame) -> str:
    """SHA-256 over names, values and nulls, in row order.

    Written out as text, since a frame's own bytes will not do: what lies under a null, shared string buffers, masks and
    chunks differ between equal frames.

    >>> one = pl.DataFrame({"a": [1, None], "b": [["x"], []]})
    >>> digest(one) == digest(pl.concat([one.head(1), one.tail(1)], rechunk=False))
    True
    >>> digest(one) == digest(one.with_columns(a=pl.lit(1)))
    False
    """
    found = hashlib.sha256(repr(list(frame.schema.items())).encode())
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    found.update(frame.drop(nested).write_csv(null_value="\\N", quote_style="necessary").encode())
    for name in nested:
        said = frame.select(row=pl.int_range(pl.len()), value=name).filter(pl.col("value").is_not_null())
        found.update(said.write_ndjson().encode())
    return found.hexdigest()
