"""What a document is made of: blocks in reading order. The same blocks become a tagged PDF, plain text or HTML.

>>> Facts((("Reference", "INV-7"),)).kind, Table(("For", "Amount"), (("Plates", "£12.00"),)).numeric
('facts', (False, True))
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

_STATE = re.compile(r",\s*([A-Z]{2,3} \d{4,5}(?:-\d{4})?)$")


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    words: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    kind: ClassVar[str] = "text"
    words: str
    strong: bool = False
    small: bool = False


@dataclass(frozen=True)
class Amount:
    """The one loud number of a document; `after` says what it is."""

    kind: ClassVar[str] = "amount"
    words: str
    after: str = ""


@dataclass(frozen=True)
class Facts:
    """Names and values, such as a reference and a date. A value may have several lines."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """The last column holds amounts, and as many before it as `amounts` says."""

    kind: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    caption: str = ""
    amounts: int = 1

    @property
    def numeric(self) -> tuple[bool, ...]:
        return tuple(place >= len(self.head) - self.amounts for place in range(len(self.head)))


@dataclass(frozen=True)
class Points:
    kind: ClassVar[str] = "list"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Ticks:
    """Boxes to tick on paper."""

    kind: ClassVar[str] = "ticks"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """A line to cut along."""

    kind: ClassVar[str] = "cut"


@dataclass(frozen=True)
class Addresses:
    """Name and lines of each address, side by side."""

    kind: ClassVar[str] = "addresses"
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Code:
    """A square that a telephone reads, with the address in words beside it."""

    kind: ClassVar[str] = "code"
    url: str
    words: str
    alt: str


@dataclass(frozen=True)
class Lines:
    """Lines to sign on, each with its name."""

    kind: ClassVar[str] = "lines"
    names: tuple[str, ...]


@dataclass(frozen=True)
class Sign:
    kind: ClassVar[str] = "sign"
    name: str
    lines: tuple[str, ...] = ()


Block = Heading | Text | Amount | Facts | Table | Points | Ticks | Cut | Addresses | Code | Lines | Sign


@dataclass(frozen=True)
class Party:
    """Name and postal address of one side. `contact` is one line: telephone, hours, mail."""

    name: str
    address: str
    country: str
    contact: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Name and address as printed on paper, a line each; a state and its code stay beside the town.

        >>> Party("Maria Alvarez", "12 Elm Street, Albany, NY 12203", "US").lines
        ('Maria Alvarez', '12 Elm Street', 'Albany, NY 12203')
        """
        parts = [part.strip() for part in _STATE.sub("\0\\1", self.address).replace("\n", ",").split(",")]
        return (self.name, *(part.replace("\0", ", ") for part in parts if part))


@dataclass(frozen=True)
class Document:
    """One document to one party. `title` names the file and the window, so it says nothing of a debt; `language` is a
    BCP 47 tag; `on` its date; `reference` one line."""

    title: str
    language: str
    sender: Party
    to: Party
    on: date
    reference: str
    blocks: tuple[Block, ...] = field(default=())
