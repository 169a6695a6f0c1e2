"""A file that a customer brings to a dispute: a picture or a PDF, by its first bytes; anything else is refused with the mend."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from duecourse.actions.import_files import whole

FOLDER = "evidence"
MOST_BYTES: Final = 8_000_000
MOST_FILES: Final = 3

_KINDS: Final = (
    (re.compile(rb"%PDF-1\.|%PDF-2\."), "application/pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"....ftyp(?:heic|heix|mif1|msf1)", re.DOTALL), "image/heic"),
)
_RUNS: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
"""Names in a PDF that start something, or carry a file inside (ISO 32000-2, 12.6.4)."""
_TEST_VIRUS: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"


class NotTaken(ValueError):
    """The file is not kept. `kind` is empty, large, type or unsafe."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that may be kept: its name without a path, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def look_at(name: str, content: bytes) -> Brought:
    """What came, once it may be kept. The name's ending is not believed. Raises NotTaken.

    >>> look_at("C:\\\\photos\\\\oven\\n.png", b"\\x89PNG\\r\\n\\x1a\\n..").name
    'oven.png'
    >>> look_at("letter.pdf", b"MZ\\x90")
    Traceback (most recent call last):
    ...
    duecourse.actions.keep_evidence.NotTaken: type
    """
    if not content:
        raise NotTaken("empty")
    if len(content) > MOST_BYTES:
        raise NotTaken("large")
    media_type = next((kind for first, kind in _KINDS if first.match(content)), None)
    if media_type is None:
        raise NotTaken("type")
    if _TEST_VIRUS in content or (media_type == "application/pdf" and _RUNS.search(content)):
        raise NotTaken("unsafe")
    base = re.split(r"[/\\]", name)[-1]
    return Brought("".join(c for c in base if c.isprintable())[-100:] or "file", media_type, content)


def keep(brought: Brought, creditor_id: int) -> Path:
    """Write it into the data folder under its digest, whole or not at all; the same file is kept once a creditor."""
    folder = Path(settings.DATA_FOLDER) / FOLDER / str(creditor_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / brought.sha256
    if not path.exists():
        with whole(path, "wb") as out:
            out.write(brought.content)
    return path
