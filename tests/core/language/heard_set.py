"""The set of inbound messages in data/heard, written apart from the texts that the head learns from."""

from __future__ import annotations

from pathlib import Path

from duecourse.core.language.listen.training import Labelled, labelled

PLACE = Path(__file__).parent / "data" / "heard"


def messages() -> list[Labelled]:
    return [row for file in sorted(PLACE.glob("*.jsonl")) for row in labelled(file.read_text("utf-8"))]
