"""A difference with the ends of its interval against zero, or a hatched bar where there is no honest number."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duecourse.interfaces.insight.svg.parts import dot

WIDTH, HEIGHT, REACH = 240.0, 26, 100.0
MIDDLE = WIDTH / 2
HATCHES = range(14, 223, 9)
KINDS = {"better": " good", "worse": " bad"}


def interval(mean: float, low: float, high: float, *, says: str, label: str) -> SafeString:
    """`says` is better, worse or anything else. Each picture has its own scale."""
    most = max(abs(low), abs(high)) or 1.0
    x1, x, x2 = (MIDDLE + REACH * value / most for value in (low, mean, high))
    kind = KINDS.get(says, "")
    ends = format_html(
        '<path class="ci{}" fill="none" d="M{} 13H{}M{} 8v10M{} 8v10"/>', kind, *(f"{v:.1f}" for v in (x1, x2, x1, x2))
    )
    return _picture(label, SafeString('<path class="axis" d="M120 0v26"/>') + ends + dot(x, 13, 4.5, f"pt{kind}"))


def cannot_tell(label: str) -> SafeString:
    """No number: hatched."""
    lines = format_html_join("", '<path class="hatch" d="M{} 19l8-12"/>', ((x,) for x in HATCHES))
    return _picture(label, SafeString('<path class="grid" d="M120 0v26"/>') + lines)


def _picture(label: str, inside: SafeString) -> SafeString:
    return format_html(
        '<svg class="iv" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', int(WIDTH), HEIGHT, label, inside
    )
