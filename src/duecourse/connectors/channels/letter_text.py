"""Rendering of the texts that users may edit: Liquid with limits, never Django templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError, OutputStreamLimitError
from liquid.undefined import FalsyStrictUndefined

from duecourse.connectors.channels.fold import fold

MAX_OUTPUT = 200_000
"""Characters; a template that writes more is refused, not sent in part."""


MOST_READY = 256
"""Versions of one template that are kept ready: creditor by step by language."""


class BadTemplate(ValueError):
    """The template cannot be rendered; the message names the place and the fault, never the data."""


@dataclass(frozen=True)
class Rendered:
    """One message: the same facts as text and as HTML."""

    subject: str
    text: str
    html: str


class _Counted(StringIO):
    """Stops a template that writes too much. A character is at least a byte, and at most four."""

    size = 0

    def write(self, text: str) -> int:
        self.size += len(text)
        if self.size > MAX_OUTPUT:
            raise OutputStreamLimitError("output stream limit reached", token=None)
        return super().write(text)


class _Template(BoundTemplate):
    def _get_buffer(self) -> StringIO:
        return _Counted()


class _Limits(Environment):
    template_class = _Template
    loop_iteration_limit = 20_000
    local_namespace_limit = 1_000_000


@cache
def _environment(*, autoescape: bool) -> Environment:
    # A name that is not given is false in a condition and an error when printed.
    return _Limits(autoescape=autoescape, undefined=FalsyStrictUndefined)


@cache
def template(name: str) -> LetterTemplate:
    """A packaged template: NAME.liquid.subject.txt, NAME.liquid.txt and NAME.liquid.html."""
    folder = files("duecourse.connectors.channels") / "templates"
    sources = [
        (folder / f"{name}.liquid.{part}").read_text(encoding="utf-8") for part in ("subject.txt", "txt", "html")
    ]
    return LetterTemplate(name, *sources)


SHARED = ("creditor", "tone", "lang", "dir", "free_help", "many")
"""Names whose values are the same for many messages of a batch."""


class LetterTemplate:
    """A parsed template; `version` changes with any byte of its text."""

    def __init__(self, name: str, subject: str, text: str, html: str) -> None:
        self.name = name
        self.version = hashlib.sha256("\0".join((subject, text, html)).encode()).hexdigest()[:12]
        self._sources = (subject, text, html)
        self._ready: dict[str, tuple[BoundTemplate, BoundTemplate, BoundTemplate]] = {}
        self._fold({})  # a template that cannot be read is refused here

    def render(self, data: Mapping[str, Any]) -> Rendered:
        """Raises BadTemplate where a value is missing or a limit is passed."""
        shared = {name: data[name] for name in SHARED if name in data}
        key = repr(shared)
        parts = self._ready.get(key)
        if parts is None:
            if len(self._ready) >= MOST_READY:
                self._ready.clear()
            parts = self._ready[key] = self._fold(shared)
        subject, text, html = (self._one(part, data) for part in parts)
        return Rendered(subject=" ".join(subject.split()), text=text.strip() + "\n", html=html)

    def _fold(self, shared: Mapping[str, Any]) -> tuple[BoundTemplate, BoundTemplate, BoundTemplate]:
        subject, text, html = self._sources
        plain, safe = _environment(autoescape=False), _environment(autoescape=True)
        try:
            return fold(plain, subject, shared), fold(plain, text, shared), fold(safe, html, shared)
        except LiquidError as error:
            raise BadTemplate(f"{self.name}: {error}") from None

    def _one(self, part: BoundTemplate, data: Mapping[str, Any]) -> str:
        try:
            return part.render(**data)
        except LiquidError as error:
            raise BadTemplate(f"{self.name}: {type(error).__name__}: {error}") from None
