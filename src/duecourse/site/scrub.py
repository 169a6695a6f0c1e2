"""Takes personal data out of text before it reaches a log."""

from __future__ import annotations

import re
import traceback

_PATTERNS = [
    (re.compile(r"^\s*(DETAIL|CONTEXT|HINT|QUERY|STATEMENT|LINE \d+):.*$", re.MULTILINE), ""),  # PostgreSQL quotes rows
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "<email>"),
    (re.compile(r"(?<=://)[^\s/@]+:[^\s/@]+@"), "<user>@"),
    (re.compile(r"(?<=/)[\w=.-]{24,}"), "<token>"),  # a link's secret part
    (re.compile(r"'[^'\n]*'|\"[^\"\n]*\""), "<text>"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?\w{4}){3,7}\b"), "<account>"),
    (re.compile(r"\+?\d[\d ()./-]{4,}\d"), "<number>"),
]


def scrub(text: str) -> str:
    """The text without e-mail addresses, long numbers, quoted values and secrets.

    >>> scrub("no row for 'Ms Smith', anna@example.org, call +44 20 7946 0000")
    'no row for <text>, <email>, call <number>'
    """
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def traceback_of(error: BaseException) -> str:
    """Where an error came from, without what it was about: files, lines and functions; messages are scrubbed."""
    parts = []
    seen: BaseException | None = error
    while seen is not None:
        where = "".join(f"  {f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(seen.__traceback__))
        parts.append(f"{where}{type(seen).__qualname__}: {scrub(str(seen))}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\nafter\n".join(reversed(parts))
