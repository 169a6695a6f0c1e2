"""CSV by RFC 4180, UTF-8, with a header; text that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl

from duecourse.connectors.exporters.plain import iso_times, nested_as_json
from duecourse.connectors.importers.escape import escape


class CsvExporter:
    """Text is escaped as `importers.escape` says, so that our own import reads it back as it was."""

    def begin(self, schema: pl.Schema, stream: BinaryIO) -> None:
        self._stream = stream
        stream.write((",".join(_quoted(name) for name in schema) + "\r\n").encode())

    def write(self, frame: pl.DataFrame) -> None:
        flat = nested_as_json(iso_times(frame))
        texts = [c for c, t in flat.schema.items() if t == pl.String]
        safe = flat.with_columns(pl.col(c).map_elements(escape, return_dtype=pl.String) for c in texts)
        self._stream.write(safe.write_csv(None, include_header=False, line_terminator="\r\n").encode())

    def end(self) -> None:
        """Nothing follows the last row."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if any(c in name for c in ',"\n') else name
