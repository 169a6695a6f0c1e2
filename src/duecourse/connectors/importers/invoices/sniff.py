"""First look: what kind of file this is and how it is written, before any row is believed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from duecourse.connectors.importers.guard import STANDARD, Caps, admit
from duecourse.connectors.importers.invoices.delimiter import NAMES, find_delimiter
from duecourse.connectors.importers.invoices.encoding import find_encoding
from duecourse.connectors.importers.invoices.question import Question
from duecourse.connectors.importers.invoices.read_text import lines_of, read_text
from duecourse.connectors.importers.invoices.read_workbook import read_workbook
from duecourse.connectors.importers.invoices.table import Table
from duecourse.connectors.importers.invoices.words import normalise
from duecourse.connectors.importers.source import Source

_HEAD_LINES = 400


@dataclass(frozen=True)
class Sniffed:
    """`kind`: csv, semicolon, tsv, pipe or xlsx. `shape` is the same for files with the same columns, whatever is in them."""

    kind: str
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    header_line: int
    title_lines: tuple[str, ...]
    shape: str
    questions: tuple[Question, ...] = field(default=())


def sniff(source: Source, *, caps: Caps = STANDARD, encoding: str | None = None) -> Sniffed:
    """Guard the file, then find its encoding, delimiter and header. Raises Unreadable.

    >>> sniff(Source.of(b"Rechnung;Betrag\\n0001;7,00\\n")).kind
    'semicolon'
    """
    return look(source, caps=caps, encoding=encoding, limit=_HEAD_LINES)[0]


def look(
    source: Source, *, caps: Caps = STANDARD, encoding: str | None = None, limit: int | None = None
) -> tuple[Sniffed, Table]:
    """What `sniff` finds, and the table with it; `limit` reads only so many lines of a text file. Raises Unreadable."""
    if admit(source, caps) == "xlsx":
        table = read_workbook(source)
        return _sniffed("xlsx", "", "", table, ()), table
    found, question = (encoding, None) if encoding else find_encoding(source)
    delimiter = find_delimiter("".join(lines_of(source, found, _HEAD_LINES)))
    table = read_text(source, encoding=found, delimiter=delimiter, caps=caps, limit=limit)
    return _sniffed(NAMES.get(delimiter, "csv"), found, delimiter, table, (question,) if question else ()), table


def shape_of(headers: tuple[str, ...]) -> str:
    """A name for the set of columns, by which answers are remembered."""
    return hashlib.sha256("\n".join(map(normalise, headers)).encode()).hexdigest()[:16]


def _sniffed(kind: str, encoding: str, delimiter: str, table: Table, questions: tuple[Question, ...]) -> Sniffed:
    return Sniffed(
        kind=kind,
        encoding=encoding,
        delimiter=delimiter,
        headers=table.headers,
        header_line=table.header_line,
        title_lines=table.title_lines,
        shape=shape_of(table.headers),
        questions=questions,
    )
