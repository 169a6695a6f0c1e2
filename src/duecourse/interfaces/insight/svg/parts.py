"""The pieces that charts share: escaped text, a path through points with gaps, a picture that says what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Point = tuple[float, float | None]
"""x, and y or None where there is no data."""


def picture(width: int, height: int, label: str, pieces: Iterable[SafeString], *, wide: bool = False) -> SafeString:
    """An image with its label; `wide` keeps it from shrinking below what can be read."""
    inside = format_html_join("", "{}", ((piece,) for piece in pieces))
    return format_html(
        '<svg{} viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        SafeString(' class="wide"') if wide else "",
        width,
        height,
        label,
        inside,
    )


def text(x: float, y: float, words: str, kind: str = "") -> SafeString:
    """`kind`: b bold, c centred, e ended at x, or two of them."""
    return format_html(
        '<text{} x="{}" y="{}">{}</text>', format_html(' class="{}"', kind) if kind else "", _n(x), _n(y), words
    )


def line(points: Sequence[Point], kind: str, *, steady: bool = False) -> SafeString:
    """A path through the points, broken where there is no data; `steady` keeps its width in a stretched picture."""
    words, pen = [], "M"
    for x, y in points:
        if y is None:
            pen = "M"
        else:
            words.append(f"{pen}{_n(x)} {_n(y)}")
            pen = "L"
    effect = SafeString(' vector-effect="non-scaling-stroke"') if steady else ""
    return format_html('<path class="{}"{} d="{}"/>', kind, effect, "".join(words))


def rule(x1: float, x2: float, y: float, kind: str = "grid") -> SafeString:
    """A level line."""
    return format_html('<path class="{}" d="M{} {}H{}"/>', kind, _n(x1), _n(y), _n(x2))


def bar(x: float, y: float, width: float, height: float, kind: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', kind, _n(x), _n(y), _n(width), _n(height)
    )


def dot(x: float, y: float, radius: float, kind: str = "p1") -> SafeString:
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, _n(x), _n(y), _n(radius))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
