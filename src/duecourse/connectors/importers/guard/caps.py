"""How much a file may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Caps:
    """Limits in bytes, counts and characters. `text_in` may be raised at the command line; packed files stay at `packed_in`.

    Excel holds at most 32,767 characters in a cell and 1,048,576 rows in a sheet. `cells` bounds the box that a reader
    would lay out for a sheet, however few of its cells are filled.
    """

    text_in: int = 25 * MEGABYTE
    packed_in: int = 25 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 100
    members: int = 1_000
    cells: int = 8_000_000
    cell_characters: int = 32_767
    depth: int = 200


STANDARD = Caps()
