"""The words of an HTML page or mail, without scripts, styles and what is hidden."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_SILENT: Final = {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"}
_BREAKS: Final = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "hr"}
MOST = 3_000_000
"""Characters that are looked at."""


def page_text(page: str) -> str:
    """
    >>> page_text("<p>We paid <b>today</b>.</p><script>alert(1)</script><blockquote>Old words</blockquote>")
    'We paid today.\\n> Old words'
    """
    reader = _Reader()
    reader.feed(page[:MOST])
    reader.close()
    return re.sub(r"\n\s*\n+", "\n", "".join(reader.said)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "blockquote":
            self._quoted += 1
        if tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        if tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if self._silent or not words.strip():
            if words and not self._silent and self.said and not self.said[-1].endswith((" ", "\n")):
                self.said.append(" ")
            return
        # A quoted thread is marked as plain mail marks it, so that the listener knows it for what it is.
        fresh = not self.said or self.said[-1].endswith("\n")
        self.said.append(("> " if self._quoted and fresh else "") + (words.lstrip() if fresh else words))

    def _break(self) -> None:
        if self.said and not self.said[-1].endswith("\n"):
            self.said.append("\n")
