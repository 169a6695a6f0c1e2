"""Text that is no text, and lines without end."""

from __future__ import annotations

from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source

BLOCK = 64 * 1024
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - {0, 9, 10, 12, 13, 26})


def check_text(source: Source) -> None:
    """Refuse binary files, and lines of more than 128 KiB: an aligned block without a line end lies inside each of those.

    Raises Unreadable.
    """
    with source.open() as handle:
        wide = looks_like_utf16(head := handle.read(BLOCK))
        block, number = head, 0
        while block:
            if not wide and (0 in block or len(block) - len(block.translate(None, _CONTROLS)) > len(block) // 100):
                raise Unreadable("The file is not text and not a workbook.", mend="Export it as CSV or XLSX.")
            if len(block) == BLOCK and b"\n" not in block and b"\r" not in block:
                raise Unreadable(
                    f"A line near byte {number * BLOCK:,} has more than {BLOCK:,} characters.",
                    mend="Look for a cell with far too much in it, or a missing line end.",
                )
            block, number = handle.read(BLOCK), number + 1


def looks_like_utf16(head: bytes) -> bool:
    """With its mark, or without it where every other byte of the beginning is zero.

    >>> looks_like_utf16("Invoice,Date".encode("utf-16-le")), looks_like_utf16(b"Invoice,Date")
    (True, False)
    """
    if head.startswith(_BOMS):
        return True
    sample = head[:1024]
    even, odd = sample[0::2], sample[1::2]
    return (
        len(sample) >= 8
        and max(even.count(0), odd.count(0)) > 0.8 * len(odd)
        and min(even.count(0), odd.count(0)) < 0.1 * len(odd)
    )
