"""Sentences that the law or the house asks of a text, by language, as dated data with their sources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES: Final = ("en", "es", "de", "fr")


@cache
def data(name: str) -> Mapping[str, Any]:
    """`NAME.toml`, read once."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def says(text: str, what: str, language: str) -> re.Match[str] | None:
    """Where `text` makes the statement `what` in `language`.

    >>> says("Reply STOP to stop these texts.", "optout", "en").group()
    'reply stop'
    """
    return _pattern(what, language).search(plain(text))


@cache
def _pattern(what: str, language: str) -> re.Pattern[str]:
    return re.compile(data(language)[what]["find"])


def line(what: str, language: str, kind: str = "line") -> str:
    """Our own wording of a statement.

    >>> line("disclosure", "en").split(".")[0]
    'This is from a debt collector'
    """
    return str(data(judged_in(language))[what][kind])


def judged_in(language: str) -> str:
    """The language whose statements a text is judged by: English where there are none of its own.

    >>> judged_in("es-US"), judged_in("de_AT"), judged_in("pt-BR")
    ('es', 'de', 'en')
    """
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else "en"


def plain(text: str) -> str:
    """Lower case, one space between words, straight quotes; lines stay apart."""
    straight = text.lower().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return "\n".join(" ".join(part.split()) for part in straight.splitlines())
