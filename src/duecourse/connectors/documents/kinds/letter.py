"""A letter from a template's words: paragraphs apart by an empty line, "# " before a heading, "- " before a point.

Three lines stand for parts that are drawn: [amount], [invoices] and [pay].
"""

from __future__ import annotations

from collections.abc import Sequence

from duecourse.connectors.documents.blocks import Amount, Block, Document, Heading, Points, Table, Text
from duecourse.connectors.documents.saying import Letterhead, Saying


def letter(head: Letterhead, *, words: str, total: str = "", invoices: Sequence[Sequence[str]] = ()) -> Document:
    """`words`: rendered already. `total`: the open amount in words. `invoices`: rows under a first row of names."""
    say = Saying(head)
    blocks: list[Block] = []
    for paragraph in (part.strip() for part in words.replace("\r\n", "\n").split("\n\n")):
        if paragraph.startswith("# "):
            blocks.append(Heading(paragraph[2:].strip()))
        elif paragraph.startswith("- "):
            blocks.append(Points(tuple(line.lstrip("- ").strip() for line in paragraph.splitlines() if line.strip())))
        elif paragraph == "[amount]":
            blocks += [Amount(total)] if total else []
        elif paragraph == "[invoices]":
            blocks += (
                [Table(tuple(invoices[0]), tuple(tuple(row) for row in invoices[1:]))] if len(invoices) > 1 else []
            )
        elif paragraph == "[pay]":
            blocks += say.paying()
        elif paragraph:
            blocks.append(Text(" ".join(paragraph.split())))
    title = next((block.words for block in blocks if isinstance(block, Heading)), head.sender.name)
    return Document(title, head.language, head.sender, head.to, head.on, head.reference, tuple(blocks))
