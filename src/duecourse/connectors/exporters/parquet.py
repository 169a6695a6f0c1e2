"""Parquet with Zstandard, a row group a frame."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl
import pyarrow.parquet as pq


class ParquetExporter:
    """Types are kept: dates, instants in UTC, lists."""

    def begin(self, schema: pl.Schema, stream: BinaryIO) -> None:
        self._schema = pl.DataFrame(schema=schema).to_arrow().schema
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd")

    def write(self, frame: pl.DataFrame) -> None:
        if frame.height:
            self._writer.write_table(frame.to_arrow().cast(self._schema))

    def end(self) -> None:
        self._writer.close()
