"""Codes as people type them: references and postcodes."""

from __future__ import annotations

import unicodedata


def bare(text: str) -> str:
    """A code without what people add to it: case, spaces, dashes and dots do not matter.

    >>> bare(" ls2 7-ew "), bare("FK-20418") == bare("fk 20418")
    ('LS27EW', True)
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
