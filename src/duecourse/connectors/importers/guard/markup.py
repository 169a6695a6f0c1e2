"""XML inside a workbook: no declared entities, no depth without end, no cell without end, no sheet of empty space."""

from __future__ import annotations

import re

from duecourse.connectors.importers.guard.caps import Caps
from duecourse.connectors.importers.problems import Unreadable

_BLOCK = 32 * 1024
_OVERLAP = 64
# As every program writes them; the others are slower, and only used where a file has such.
_COLUMN, _ROW = re.compile(rb' r="([A-Z]{1,3})[0-9]'), re.compile(rb' r="[A-Z]{1,3}([0-9]{1,10})"')
_ODD = re.compile(rb"""\sr\s*=\s*'|\sr\s+=|\sr=\s|[\t\r\n]r=|\sr="[A-Z]{0,2}[a-z]""")
_ANY_COLUMN = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{1,3})[0-9]""")
_ANY_ROW = re.compile(rb"""\sr\s*=\s*["']\s*[A-Za-z]{1,3}([0-9]{1,10})""")
_AGAIN = "Save it again in your spreadsheet program, or save the sheet as CSV."


class MarkupCheck:
    """Fed with chunks of one XML part. `feed` and `close` raise Unreadable; nothing is parsed, only counted.

    `longest_string` and `string_cells` bound what the cells hold where they share a table of strings.
    Depth is counted at the edges of blocks of 32 KiB, so it may be over the cap by what one block can hold.
    """

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._tail = b""
        self._depth = 0
        self._right = self._bottom = self._cells = 0
        self.longest_string = self.string_cells = 0

    def feed(self, chunk: bytes) -> None:
        if not self._tail and chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
            raise Unreadable("A part of the workbook is in UTF-16.", mend=_AGAIN)
        joined = self._tail + chunk
        if b"<!DOCTYPE" in joined or b"<!ENTITY" in joined:
            raise Unreadable("The workbook declares entities, which no spreadsheet program writes.", mend=_AGAIN)
        for start in range(0, len(chunk), _BLOCK):
            self._block(chunk[start : start + _BLOCK])
        self._measure(joined)
        self.string_cells += chunk.count(b't="s"')
        if b"</si>" in chunk:
            self.longest_string = max([self.longest_string, *map(len, joined.split(b"<si")[1:])])
        self._tail = chunk[-_OVERLAP:]

    def close(self) -> None:
        """A sheet whose filled cells are few and far apart would be laid out as a box of nothing."""
        box = self._right * self._bottom
        if box > self._caps.cells or (box > 1_000_000 and box > 100 * self._cells):
            raise Unreadable(
                f"A sheet spans {self._bottom:,} rows and {self._right:,} columns.",
                mend="Delete the far-off cells and empty rows, or save the sheet as CSV.",
            )

    def _block(self, block: bytes) -> None:
        if len(block) == _BLOCK and b"<" not in block:
            raise Unreadable(
                f"A cell has more than {self._caps.cell_characters:,} characters.", mend="Shorten it and save again."
            )
        # Comments count as opened and never closed: there are a handful, and the cap has room for thousands.
        self._depth += block.count(b"<") - 2 * block.count(b"</") - block.count(b"/>")
        if self._depth > self._caps.depth + _BLOCK // 8:
            raise Unreadable("A part of the workbook is nested too deep.", mend=_AGAIN)

    def _measure(self, joined: bytes) -> None:
        odd = _ODD.search(joined)
        columns = (_ANY_COLUMN if odd else _COLUMN).findall(joined)
        if not columns:
            return
        self._cells += len(columns)
        self._bottom = max([self._bottom, *map(int, set((_ANY_ROW if odd else _ROW).findall(joined)))])
        self._right = max(self._right, max(map(_column, set(columns))))
        if self._bottom > 1_048_576 or self._right > 16_384 or self._right * self._bottom > self._caps.cells * 100:
            self.close()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
