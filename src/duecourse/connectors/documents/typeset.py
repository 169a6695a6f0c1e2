"""Blocks → PDF/UA-1 with its fonts inside. Typst runs in this process, reads its own folder only and has no network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date

from duecourse.connectors.channels.words import locale
from duecourse.connectors.documents.blocks import Block, Code, Document, Table
from duecourse.connectors.documents.square import svg
from duecourse.connectors.documents.wording import wording

MOST_BYTES = 100_000
"""A document that is larger is not sent; a batch may have as much for each."""
# Where the address shows: DIN 5008 form B and BS 4264 on A4, a number 10 envelope on letter. Millimetres.
_A4 = {"top": 48, "height": 36, "left": 22, "back": True}
_LETTER = {"top": 51, "height": 28, "left": 22, "back": False}
_LETTER_LANDS = ("US", "CA", "MX", "PH", "CL", "CO")


class BadDocument(ValueError):
    """The document cannot be set; says what would mend it, never what it says."""


def pdf(document: Document) -> bytes:
    """One document. Raises BadDocument."""
    return pdf_of([document], title=document.title, author=document.sender.name)


def pdf_of(documents: Sequence[Document], *, title: str, author: str) -> bytes:
    """Documents one after the other in one file, each from page 1 on. Raises BadDocument."""
    if not documents:
        raise BadDocument("There is nothing to print.")
    data = json.dumps({"title": title, "author": author, "documents": [_data(d) for d in documents]})
    content = _set(data, house_fonts_only=True) or _set(data, house_fonts_only=False)
    if content is None:
        raise BadDocument(
            "A name or address holds a letter that no font here has. Install fonts for it, then try again."
        )
    if len(content) > MOST_BYTES * len(documents):
        raise BadDocument(f"The document is larger than {MOST_BYTES // 1000} kB. Shorten it.")
    return content


def _set(data: str, *, house_fonts_only: bool) -> bytes | None:
    """None where a letter has no font. The fonts that come inside typst are tried first: the same on every machine."""
    folder = _folder()
    try:
        return typst.compile(  # type: ignore[no-any-return]
            str(folder / "house.typ"),
            root=str(folder),
            font_paths=[],
            ignore_system_fonts=house_fonts_only,
            package_path=str(folder),
            package_cache_path=str(folder),
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"data": data},
        )
    except typst.TypstError as error:
        if "font" in str(error):
            return None
        raise BadDocument(f"The document cannot be set: {str(error).splitlines()[0][:200]}") from None


@cache
def _folder() -> Path:
    with as_file(files("duecourse.connectors.documents") / "typst") as folder:
        return Path(folder)


def _data(document: Document) -> dict[str, Any]:
    where = locale(document.language, document.sender.country)
    words = wording(document.language)
    american = document.to.country in _LETTER_LANDS
    return {
        "lang": where.language,
        "region": where.territory,
        "paper": "us-letter" if american else "a4",
        "window": _LETTER if american else _A4,
        "page_word": words["page"],
        "foot": f"{document.sender.name} · {document.reference}" if document.reference else document.sender.name,
        "sender": {
            "name": document.sender.name,
            "line": " · ".join(part for part in (*document.sender.lines[1:], document.sender.contact) if part),
            "back": " · ".join(document.sender.lines),
        },
        "to": list(document.to.lines),
        "date": format_date(document.on, "long", locale=where),
        "reference": f"{words['reference']} {document.reference}" if document.reference else "",
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> Mapping[str, Any]:
    data: dict[str, Any] = {"kind": block.kind, **asdict(block)}
    if isinstance(block, Table):
        data["numeric"] = list(block.numeric)
    if isinstance(block, Code):
        data |= {"svg": svg(block.url), "shown": block.url.split("//")[-1]}
    if block.kind == "addresses":
        data["blocks"] = [{"name": name, "lines": list(lines)} for name, lines in data["blocks"]]
    return data
