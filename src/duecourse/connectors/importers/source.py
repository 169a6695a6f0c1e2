"""A file on its way in: a path on disk or bytes in memory, opened only when somebody reads it."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Source:
    """`size` comes from the file system, so a file that is too large is refused without a read.

    >>> Source.of(b"a,b\\n", name="x.csv").size
    4
    """

    name: str
    size: int
    path: Path | None = None
    content: bytes | None = None

    @classmethod
    def of(cls, what: str | os.PathLike[str] | bytes | Source, *, name: str = "") -> Source:
        """Accepts a path, bytes, or a Source (returned as it is). Raises OSError where the path cannot be read."""
        if isinstance(what, Source):
            return what
        if isinstance(what, bytes):
            return cls(name=name or "upload", size=len(what), content=what)
        path = Path(what)
        return cls(name=name or path.name, size=path.stat().st_size, path=path)

    def open(self) -> BinaryIO:
        if self.path is not None:
            return self.path.open("rb")
        return io.BytesIO(self.content or b"")

    def head(self, n: int) -> bytes:
        with self.open() as handle:
            return handle.read(n)
