"""Rendering of the texts that users may edit: Liquid with limits, never Django templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError
from liquid.undefined import FalsyStrictUndefined

MAX_OUTPUT = 200_000
"""Bytes; a template that writes more is refused, not sent in part."""


class BadTemplate(ValueError):
    """The template cannot be rendered; the message names the place and the fault, never the data."""


@dataclass(frozen=True)
class Rendered:
    """One message: the same facts as text and as HTML."""

    subject: str
    text: str
    html: str


class _Limits(Environment):
    loop_iteration_limit = 20_000
    local_namespace_limit = 1_000_000
    output_stream_limit = MAX_OUTPUT


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


class LetterTemplate:
    """A parsed template; `version` changes with any byte of its text."""

    def __init__(self, name: str, subject: str, text: str, html: str) -> None:
        plain, safe = _environment(autoescape=False), _environment(autoescape=True)
        self.name = name
        self.version = hashlib.sha256("\0".join((subject, text, html)).encode()).hexdigest()[:12]
        try:
            self._subject = plain.from_string(subject)
            self._text = plain.from_string(text)
            self._html = safe.from_string(html)
        except LiquidError as error:
            raise BadTemplate(f"{name}: {error}") from None

    def render(self, data: Mapping[str, Any]) -> Rendered:
        """Raises BadTemplate where a value is missing or a limit is passed."""
        return Rendered(
            subject=" ".join(self._one(self._subject, data).split()),
            text=self._one(self._text, data).strip() + "\n",
            html=self._one(self._html, data),
        )

    def _one(self, part: BoundTemplate, data: Mapping[str, Any]) -> str:
        try:
            return part.render(**data)
        except LiquidError as error:
            raise BadTemplate(f"{self.name}: {type(error).__name__}: {error}") from None
