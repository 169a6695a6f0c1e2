"""Bars over periods from zero, each with its number; and one bar cut into shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString

from duecourse.interfaces.insight.svg.parts import bar, picture, rule, text
from duecourse.interfaces.insight.svg.scale import scale

LEFT, TOP = 40.0, 24.0


def bars(
    names: Sequence[str],
    values: Sequence[int],
    *,
    label: str,
    word: Callable[[float], str],
    width: int = 498,
    height: int = 200,
) -> SafeString:
    """`word` writes a tick and a bar's number."""
    bottom, right = height - 24.0, width - 6.0
    axis = scale(values, top=TOP, bottom=bottom, from_zero=True)
    slot = (right - LEFT) / len(values)
    pieces = [
        p
        for tick in axis.ticks
        for p in (rule(LEFT, right, axis.y(tick)), text(LEFT - 8, axis.y(tick) + 4, word(tick), "e"))
    ]
    for n, (name, value) in enumerate(zip(names, values, strict=True)):
        x, y = LEFT + n * slot + slot * 0.11, axis.y(value)
        pieces.append(bar(x, y, slot * 0.78, bottom - y, "p1"))
        middle = x + slot * 0.39
        pieces += [text(middle, y - 6, word(value), "b c"), text(middle, height - 6, name, "c")]
    return picture(width, height, label, pieces)


def shares(values: Sequence[int], *, label: str, width: int = 376) -> SafeString:
    """One bar in up to five shades, pale to dark, with whole percents below the parts that have room for them."""
    total = sum(values)
    gap, pieces, x = 2.0, [], 0.0
    room = width - gap * (len([v for v in values if v]) - 1) - 2
    for n, value in enumerate(values):
        if value <= 0 or not total:
            continue
        part = room * value / total
        pieces.append(bar(x, 4, part, 40, f"a{n}"))
        if part >= 14:
            pieces.append(text(x + part / 2, 62, f"{value / total:.0%}".rstrip("%"), "b c"))
        x += part + gap
    return picture(width, 66, label, pieces)
