"""The fixed words of documents, by language: `words/LANGUAGE.toml`. English where a language has none of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "es", "de", "fr")


def spoken(language: str) -> str:
    """The language in which a customer of this preference is written to.

    >>> spoken("de-AT"), spoken("pl")
    ('de', 'en')
    """
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else "en"


def wording(language: str) -> Mapping[str, Any]:
    """Words by name; tables of words by the kind of document."""
    return _read(spoken(language))


@cache
def _read(language: str) -> Mapping[str, Any]:
    place = files("duecourse.connectors.documents") / "words" / f"{language}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))
