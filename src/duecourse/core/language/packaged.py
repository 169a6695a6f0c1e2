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


@cache
def word_lists(folder: str) -> tuple[dict[str, Any], ...]:
    """Every `data/FOLDER/*.toml` in the order of names; read once."""
    place = files("duecourse.core.language") / "data" / folder
    names = sorted(file.name[: -len(".toml")] for file in place.iterdir() if file.name.endswith(".toml"))
    return tuple(word_list(f"{folder}/{name}") for name in names)
