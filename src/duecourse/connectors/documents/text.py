"""Blocks → the words that are sent by mail: plain text, and HTML for the same frame as every letter."""

from __future__ import annotations

from html import escape

from duecourse.connectors.documents.blocks import (
    Addresses,
    Amount,
    Block,
    Code,
    Document,
    Facts,
    Heading,
    Lines,
    Points,
    Sign,
    Table,
    Text,
    Ticks,
)


def as_text(document: Document) -> str:
    """The whole document, address blocks and all, in reading order. What the law asks of a document is looked for in it.

    >>> from datetime import date
    >>> from duecourse.connectors.documents.blocks import Party
    >>> ann, bo = Party("Ann", "1 High St", "GB"), Party("Bo", "2 Low St", "GB")
    >>> print(as_text(Document("T", "en", ann, bo, date(2026, 5, 1), "R-1", (Heading("Hello"), Ticks(("Not mine.",))))))
    Ann
    1 High St
    <BLANKLINE>
    Bo
    2 Low St
    <BLANKLINE>
    R-1
    <BLANKLINE>
    Hello
    <BLANKLINE>
    [ ] Not mine.
    """
    parts = ["\n".join(document.sender.lines), "\n".join(document.to.lines), document.reference]
    return "\n\n".join(part for part in (*parts, *(_text(block) for block in document.blocks)) if part)


def _text(block: Block) -> str:
    match block:
        case Heading(words=words) | Text(words=words):
            return words
        case Amount(words=words, after=after):
            return f"{words} {after}".strip()
        case Facts(rows=rows):
            return "\n".join(f"{name}: {'; '.join(value.splitlines())}" for name, value in rows)
        case Table():
            rows = (*block.rows, *((block.total,) if block.total else ()))
            return "\n".join((*((block.caption,) if block.caption else ()), *(_row(row) for row in rows)))
        case Points(items=items):
            return "\n".join(f"- {item}" for item in items)
        case Ticks(items=items):
            return "\n".join(f"[ ] {item}" for item in items)
        case Addresses(blocks=blocks):
            return "\n\n".join("\n".join((f"{name}:", *lines)) for name, lines in blocks)
        case Code(url=url, words=words):
            return f"{words}\n{url}"
        case Lines(names=names):
            return "\n".join(f"{name}: ____________________" for name in names)
        case Sign(name=name, lines=lines):
            return "\n".join((name, *lines))
    return "- - - - - - - - - - - - - - - - - - - -"


def _row(row: tuple[str, ...]) -> str:
    *first, last = (cell for cell in row if cell)
    return f"{', '.join(first)}: {last}" if first else last


def as_html(document: Document) -> str:
    """The blocks as HTML with inline styles, for the body of a mail. Every word is escaped."""
    return "\n".join(_html(block) for block in document.blocks)


_CELL = "padding:6px 8px 6px 0;border-bottom:1px solid #ddd7c7;vertical-align:top"


def _html(block: Block) -> str:
    match block:
        case Heading(words=words, level=level):
            size = 27 if level == 1 else 19
            return f'<h{level} style="margin:22px 0 10px;font-weight:500;font-size:{size}px">{escape(words)}</h{level}>'
        case Facts(rows=rows):
            return _table("", "".join(_cells("td", (n, v.replace("\n", ", ")), 0) for n, v in rows))
        case Table():
            head = _cells("th", block.head, block.amounts)
            body = "".join(_cells("td", row, block.amounts) for row in block.rows)
            total = _cells("td", block.total, block.amounts, strong=True) if block.total else ""
            return _table(block.caption, head + body + total)
        case Points(items=items) | Ticks(items=items):
            mark = "☐ " if isinstance(block, Ticks) else ""
            return "<ul>" + "".join(f"<li>{mark}{escape(item)}</li>" for item in items) + "</ul>"
    return "".join(
        f'<p style="margin:0 0 14px">{escape(part)}</p>'.replace("\n", "<br>") for part in _text(block).split("\n\n")
    )


def _table(caption: str, rows: str) -> str:
    named = f'<caption style="text-align:left;font-weight:600">{escape(caption)}</caption>' if caption else ""
    return f'<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:14px 0">{named}{rows}</table>'


def _cells(tag: str, row: tuple[str, ...], amounts: int, *, strong: bool = False) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    cells = []
    for place, words in enumerate(row):
        side = "right" if place >= len(row) - amounts else "left"
        said = f"<b>{escape(words)}</b>" if strong else escape(words)
        cells.append(f'<{tag}{scope} align="{side}" style="{_CELL}">{said}</{tag}>')
    return f"<tr>{''.join(cells)}</tr>"
