"""Where imported files are kept: a folder for each in the data folder, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from duecourse.connectors.importers.source import Source

FOLDER = "imports"
ORIGINAL, ROWS, REFUSED = "original", "rows.parquet", "refused.csv"


def digest(source: Source) -> str:
    """SHA-256 of the bytes, in hex."""
    with source.open() as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def keep(source: Source, sha256: str, creditor: int, home: Path) -> str:
    """Copy the file into the data folder; returns its folder relative to that. The same file is kept once a creditor."""
    relative = f"{FOLDER}/{creditor}-{sha256[:24]}"
    folder = home / relative
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / ORIGINAL).exists():
        with source.open() as read, whole(folder / ORIGINAL, "wb") as write:
            shutil.copyfileobj(read, write)
    return relative


def forget_rows(relative: str, home: Path) -> None:
    """Remove the rows that were read, once they are in the book; the file and its refusals stay."""
    (home / relative / ROWS).unlink(missing_ok=True)


@contextmanager
def whole(path: Path, mode: str = "w") -> Iterator[IO]:  # type: ignore[type-arg]
    """A file that appears under its name once it is complete; a kill leaves the old one, or none."""
    text = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, mode, **text) as out:  # type: ignore[call-overload]
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
