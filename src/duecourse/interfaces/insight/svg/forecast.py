"""What came in and what should: a solid line until now, a dashed one with its band from then on, a dotted one of what was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from duecourse.interfaces.insight.svg.parts import dot, line, picture, rule, text
from duecourse.interfaces.insight.svg.scale import scale

LEFT, TOP, MARGIN = 46.0, 18.0, 66.0


def forecast(
    names: Sequence[str], came: Sequence[float | None], told: Sequence[float | None], low: Sequence[float | None],
    high: Sequence[float | None], *, label: str, word: Callable[[float], str], width: int = 620, height: int = 272,
) -> SafeString:  # fmt: skip
    """All run alike over the weeks; `came` ends where `low` and `high` begin. `word` writes an amount."""
    known = [v for row in (came, told, low, high) for v in row if v is not None]
    bottom, right = height - 24.0, width - MARGIN
    axis = scale(known or [0.0], top=TOP, bottom=bottom, from_zero=True)
    step = (right - LEFT) / max(1, len(names) - 1)

    def points(values: Sequence[float | None]) -> list[tuple[float, float | None]]:
        return [(LEFT + n * step, None if v is None else axis.y(v)) for n, v in enumerate(values)]

    pieces = [
        p
        for tick in axis.ticks
        for p in (rule(LEFT, right, axis.y(tick)), text(LEFT - 8, axis.y(tick) + 4, word(tick), "e"))
    ]
    every = max(1, round((len(names) - 1) / 6))
    pieces += [text(LEFT + n * step, height - 6, name, "c") for n, name in enumerate(names) if n % every == 0]
    last = max((n for n, v in enumerate(came) if v is not None), default=-1)
    if last >= 0:
        x = LEFT + last * step
        pieces += [
            format_html('<path class="nowline" d="M{} {}V{}"/>', f"{x:.1f}", 8, f"{bottom:.1f}"),
            text(x + 6, 16, "today", "b"),
        ]
    up = [(x, y) for x, y in points(high) if y is not None]
    down = [(x, y) for x, y in points(low) if y is not None]
    if up:
        around = "L".join(f"{x:.1f} {y:.1f}" for x, y in [*up, *reversed(down)])
        pieces.append(format_html('<path class="band" d="M{}Z"/>', around))
    ahead = [v if low[n] is not None else None for n, v in enumerate(told)]
    behind = [v if low[n] is None else None for n, v in enumerate(told)]
    pieces += [line(points(behind), "lg"), line(points(ahead), "l2"), line(points(came), "l1")]
    pieces += [dot(x, y, 3) for x, y in points(came) if y is not None]
    if up and told[-1] is not None:
        pieces += [
            text(right + 8, up[-1][1] + 4, word(high[-1] or 0)),
            text(right + 8, axis.y(told[-1]) + 4, word(told[-1]), "b"),
            text(right + 8, down[-1][1] + 4, word(low[-1] or 0)),
        ]
    return picture(width, height, label, pieces, wide=True)
