"""The sets of inbound messages, written apart from the texts that the head learns from."""

from __future__ import annotations

from pathlib import Path

from duecourse.core.language.listen.training import Labelled, labelled

PLACE = Path(__file__).parent / "data"


def messages() -> list[Labelled]:
    """The set whose errors were read while the rules were mended."""
    return _of("heard")


def blind() -> list[Labelled]:
    """The sets that were heard when all was done, and whose errors nobody has read."""
    return _of("fresh")


def _of(folder: str) -> list[Labelled]:
    return [row for file in sorted((PLACE / folder).glob("*.jsonl")) for row in labelled(file.read_text("utf-8"))]
