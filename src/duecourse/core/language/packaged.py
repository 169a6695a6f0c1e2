"""Word lists that come with the package, as read from TOML."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """`data/NAME.toml`; read once."""
    place = files("duecourse.core.language") / "data" / f"{name}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))
