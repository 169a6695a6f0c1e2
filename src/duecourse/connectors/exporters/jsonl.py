"""JSON lines: one object a row, UTF-8, nested values as they are."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl

from duecourse.connectors.exporters.plain import iso_times


class JsonLinesExporter:
    """A null is written as null, so that every line has the same keys."""

    def begin(self, schema: pl.Schema, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, frame: pl.DataFrame) -> None:
        if frame.height:
            iso_times(frame).write_ndjson(self._stream)

    def end(self) -> None:
        """Nothing follows the last row."""
