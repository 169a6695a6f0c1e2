"""Exporters: frames become bytes, one after the other, in a format that others read. Each has `begin`, `write`, `end`."""

from __future__ import annotations

from typing import BinaryIO, Final, Protocol

import polars as pl

from duecourse.connectors.exporters.csv_ import CsvExporter
from duecourse.connectors.exporters.jsonl import JsonLinesExporter
from duecourse.connectors.exporters.parquet import ParquetExporter


class Exporter(Protocol):
    """Writes frames of one schema to a stream. Memory is bounded by the largest frame."""

    def begin(self, schema: pl.Schema, stream: BinaryIO) -> None: ...

    def write(self, frame: pl.DataFrame) -> None: ...

    def end(self) -> None: ...


EXPORTERS: Final[dict[str, type[Exporter]]] = {
    "csv": CsvExporter,
    "jsonl": JsonLinesExporter,
    "parquet": ParquetExporter,
}

__all__ = ["EXPORTERS", "Exporter"]
