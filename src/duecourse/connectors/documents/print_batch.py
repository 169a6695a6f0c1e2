"""Letters for a print service: one PDF to print, and a list of which pages are whose."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO

from duecourse.connectors.documents.blocks import Document
from duecourse.connectors.documents.typeset import BadDocument, pdf, pdf_of
from duecourse.connectors.importers.escape import escape

HEAD = ("number", "first_page", "pages", "reference", "name", "address", "country", "language", "sha256")


@dataclass(frozen=True)
class PrintBatch:
    """`content` is the PDF, `manifest` the CSV (UTF-8, a row a letter, in order)."""

    content: bytes
    manifest: bytes
    letters: int
    pages: int


def print_batch(documents: Sequence[Document], *, name: str) -> PrintBatch:
    """All letters in one tagged PDF. Each letter's own digest is of the same letter set alone. Raises BadDocument."""
    page = 1
    list_ = StringIO()
    rows = csv.writer(list_, lineterminator="\r\n")
    rows.writerow(HEAD)
    for number, document in enumerate(documents, start=1):
        alone = pdf(document)
        pages = page_count(alone)
        to = document.to
        values = (
            str(number), str(page), str(pages), document.reference, to.name, "; ".join(to.lines[1:]), to.country,
            document.language, sha256(alone).hexdigest(),
        )  # fmt: skip
        rows.writerow(escape(value) for value in values)
        page += pages
    content = pdf_of(documents, title=name, author=documents[0].sender.name if documents else "")
    return PrintBatch(content, list_.getvalue().encode(), len(documents), page - 1)


def page_count(content: bytes) -> int:
    """Pages of a PDF that typst wrote: the count of its page tree, which it leaves in plain bytes."""
    found = re.search(rb"/Type/Pages/Count (\d+)", content)
    if found is None:
        raise BadDocument("The pages of a document could not be counted.")
    return int(found[1])
