"""Bars from left to right, one a name, longest first where the caller sorts them so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString

from duecourse.interfaces.insight.svg.parts import bar, picture, text

ROW, NAME, END = 26, 190.0, 70.0


def across(
    names: Sequence[str], values: Sequence[float], *, label: str, word: Callable[[float], str], width: int = 498
) -> SafeString:
    """`word` writes a bar's number, which stands at its end."""
    most = max([*values, 0]) or 1
    room = width - NAME - END
    pieces = []
    for n, (name, value) in enumerate(zip(names, values, strict=True)):
        y = n * ROW + 4.0
        length = max(1.0, room * max(value, 0) / most)
        pieces += [
            text(NAME - 8, y + 13, name if len(name) <= 30 else f"{name[:29]}…", "e"),
            bar(NAME, y, length, ROW - 9.0, "p1"),
            text(NAME + length + 6, y + 13, word(value), "b"),
        ]
    return picture(width, len(names) * ROW + 4, label, pieces)
