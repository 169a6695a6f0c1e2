"""Which version of the code this is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version as installed


@cache
def version() -> str:
    """The installed version, kept with every run."""
    return installed("duecourse")
