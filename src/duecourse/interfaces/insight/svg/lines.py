"""A line over periods, with its last value written beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from duecourse.interfaces.insight.svg.parts import dot, line, picture, rule, text
from duecourse.interfaces.insight.svg.scale import scale

LEFT, TOP = 40.0, 10.0


def lines(
    names: Sequence[str],
    values: Sequence[float | None],
    *,
    label: str,
    word: Callable[[float], str],
    width: int = 498,
    height: int = 190,
    dots: bool = False,
    level: tuple[str, float] | None = None,
    margin: float = 46.0,
) -> SafeString:
    """`level` is a dotted line with its name; `word` writes a value; `margin` is the room at the end."""
    known = [v for v in values if v is not None] + ([level[1]] if level else [])
    bottom, right = height - 24.0, width - margin
    axis = scale(known or [0.0], top=TOP, bottom=bottom)
    step = (right - LEFT) / max(1, len(values) - 1)
    points = [(LEFT + n * step, None if v is None else axis.y(v)) for n, v in enumerate(values)]
    pieces = [
        p
        for tick in axis.ticks
        for p in (rule(LEFT, right, axis.y(tick)), text(LEFT - 8, axis.y(tick) + 4, word(tick), "e"))
    ]
    every = max(1, round((len(names) - 1) / 4))
    pieces += [
        text(points[n][0], height - 6, name, "c") for n, name in enumerate(names) if (len(names) - 1 - n) % every == 0
    ]
    if level:
        pieces += [rule(LEFT, right, axis.y(level[1]), "lg"), text(LEFT + 4, axis.y(level[1]) - 5, level[0])]
    pieces.append(line(points, "l1"))
    if dots:
        pieces += [dot(x, y, 3) for x, y in points if y is not None]
    x, y = points[-1]
    if y is not None and values[-1] is not None:
        pieces += [dot(x, y, 4), text(x + 8, y + 4, word(values[-1]), "b")]
    return picture(width, height, label, pieces, wide=width > 498)


def spark(values: Sequence[float | None], *, label: str) -> SafeString:
    """A tile's line: shape only, stretched to the tile's width."""
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return SafeString("")
    low, high = min(known), max(known)
    step = 194 / (len(values) - 1)
    points = [
        (3 + n * step, None if v is None else 24 - 20 * ((v - low) / (high - low) if high > low else 0.5))
        for n, v in enumerate(values)
    ]
    return format_html(
        '<svg viewBox="0 0 200 28" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        label,
        line(points, "l1", steady=True),
    )
