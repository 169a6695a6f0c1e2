"""Liquid with limits, for texts that users edit: few tags, few filters, no files, no methods, a bound on work and size.

>>> environment().from_string("{{ a.b | upcase }}").render(a={"b": "x"})
'X'
"""

from __future__ import annotations

from functools import cache
from io import StringIO
from math import prod
from typing import Any

from liquid import BoundTemplate, Environment, RenderContext
from liquid.exceptions import LoopIterationLimitError, OutputStreamLimitError
from liquid.undefined import FalsyStrictUndefined

MOST_SOURCE = 20_000
"""Characters of a text that users edit."""
MOST_WORDS = 20_000
"""Characters that such a text may write."""
MOST_PAGE = 200_000
"""Characters of a whole mail in its frame."""
MOST_TURNS = 2_000
"""Turns of all loops of a text together."""
TAGS = frozenset("content output if unless case for break continue assign comment illegal".split())
# None of these can make much out of little: no join, no replace.
FILTERS = frozenset(
    "default split first last slice upcase downcase capitalize append prepend size strip escape".split()
)


class _Counted(StringIO):
    """Stops a template that writes too much."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, text: str) -> int:
        self._left -= len(text)
        if self._left < 0:
            raise OutputStreamLimitError("it writes too much", token=None)
        return super().write(text)


class _Context(RenderContext):
    """Counts the turns of all loops, not of one nest only."""

    turns = 0

    def raise_for_loop_limit(self, length: int = 1) -> None:
        self.turns += prod((loop.length for loop in self.loops), start=length)
        if self.turns > MOST_TURNS:
            raise LoopIterationLimitError("its loops turn too often", token=None)


class _Template(BoundTemplate):
    context_class = _Context

    def _get_buffer(self) -> StringIO:
        return _Counted(self.env.most)  # type: ignore[attr-defined]


class _Limited(Environment):
    template_class = _Template
    local_namespace_limit = 100_000

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most
        self.tags = {name: tag for name, tag in self.tags.items() if name in TAGS}
        self.filters = {name: filter_ for name, filter_ in self.filters.items() if name in FILTERS}


@cache
def environment(*, autoescape: bool = False, most: int = MOST_WORDS) -> Environment:
    """A name that is not given is false in a condition and an error when printed."""
    return _Limited(most=most, autoescape=autoescape, undefined=FalsyStrictUndefined)
