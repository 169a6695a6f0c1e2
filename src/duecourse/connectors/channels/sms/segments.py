"""How many texts a text is: GSM 03.38 with 160 characters (153 where there are several), else UCS-2 with 70 (67)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet, 3GPP TS 23.038 section 6.2.1."""
EXTENDED: Final = frozenset("^{}\\[~]|€\f")
"""The extension table, section 6.2.1.1: each takes two places."""
PLAIN: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})
"""Typographic characters that would make every text half as long, and what says the same."""


@dataclass(frozen=True, slots=True)
class Segments:
    """`units` are septets for GSM-7 and UTF-16 units for UCS-2."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    count: int


def segments(text: str) -> Segments:
    """
    >>> segments("Hello"), segments("a" * 161).count, segments("€" * 80).count, segments("€" * 81).count
    (Segments(encoding='GSM-7', units=5, count=1), 2, 1, 2)
    >>> segments("Grüß dich"), segments("Привет" * 12).count
    (Segments(encoding='GSM-7', units=9, count=1), 2)
    """
    if all(c in BASIC or c in EXTENDED for c in text):
        widths = [2 if c in EXTENDED else 1 for c in text]
        return Segments("GSM-7", sum(widths), _count(widths, 160, 153))
    widths = [len(c.encode("utf-16-be")) // 2 for c in text]
    return Segments("UCS-2", sum(widths), _count(widths, 70, 67))


def plain(text: str) -> str:
    """With typographic marks as GSM-7 has them.

    >>> plain("It’s yours – truly…")
    "It's yours - truly..."
    """
    return text.translate(PLAIN)


def _count(widths: list[int], alone: int, joined: int) -> int:
    """A character of two places is never split over two segments."""
    if sum(widths) <= alone:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > joined:
            count, used = count + 1, 0
        used += width
    return count
