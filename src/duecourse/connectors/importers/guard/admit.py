"""The one door: a file is text or an XLSX workbook within its caps, or it is refused with the mend."""

from __future__ import annotations

import re
from typing import Literal

from duecourse.connectors.importers.guard.archive import check_archive
from duecourse.connectors.importers.guard.caps import MEGABYTE, STANDARD, Caps
from duecourse.connectors.importers.guard.text import check_text
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source

_JSON = re.compile(rb"(\xef\xbb\xbf)?\s*(\{\s*\"|\[\s*[\[{])")

Kind = Literal["text", "xlsx"]

_EXPORT = "Export the invoices as CSV or XLSX and import that file."
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "The file is packed with gzip.", "Unpack it and import the file inside."),
    (b"BZh", "The file is packed with bzip2.", "Unpack it and import the file inside."),
    (b"\xfd7zXZ\x00", "The file is packed with xz.", "Unpack it and import the file inside."),
    (b"\x28\xb5\x2f\xfd", "The file is packed with zstd.", "Unpack it and import the file inside."),
    (b"7z\xbc\xaf\x27\x1c", "The file is a 7z archive.", "Unpack it and import the file inside."),
    (b"Rar!", "The file is a RAR archive.", "Unpack it and import the file inside."),
    (b"%PDF", "The file is a PDF.", _EXPORT),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "The file is an old .xls workbook, or has a password.",
        "Save it as XLSX or CSV without a password.",
    ),
    (b"<", "The file is XML or a web page, not a table.", _EXPORT),
    (b"\xef\xbb\xbf<", "The file is XML or a web page, not a table.", _EXPORT),
)


def admit(source: Source, caps: Caps = STANDARD) -> Kind:
    """Say which kind of file this is, having checked it; nothing has been parsed yet.

    Raises Unreadable for everything that is too large, packed, damaged, or neither text nor a workbook.

    >>> admit(Source.of(b"Invoice,Amount\\n1,2\\n"))
    'text'
    """
    if source.size == 0:
        raise Unreadable("The file is empty.", mend="Export it again, and look at it before you import it.")
    _check_size(source.size, max(caps.text_in, caps.packed_in))
    head = source.head(64)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_size(source.size, caps.packed_in)
        check_archive(source, caps)
        return "xlsx"
    for magic, what, mend in _REFUSED:
        if head.lstrip(b" \t\r\n").startswith(magic):
            raise Unreadable(what, mend=mend)
    if _JSON.match(head):
        raise Unreadable("The file is JSON, not a table.", mend=_EXPORT)
    _check_size(source.size, caps.text_in)
    check_text(source)
    return "text"


def _check_size(size: int, cap: int) -> None:
    if size > cap:
        raise Unreadable(
            f"The file has {size / MEGABYTE:,.1f} MB; the limit is {cap / MEGABYTE:,.0f} MB.",
            mend="Split it, for example by year. On the command line, --max-mb raises the limit for CSV.",
        )
