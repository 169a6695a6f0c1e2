"""The set of outgoing texts in data/check_texts.txt, read as rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PLACE = Path(__file__).parent / "data" / "check_texts.txt"


@dataclass(frozen=True)
class Row:
    """`kinds` is empty where the text is good."""

    kinds: frozenset[str]
    channel: str
    demand: bool
    text: str


def rows() -> list[Row]:
    return [_row(line) for line in PLACE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _row(line: str) -> Row:
    kinds, channel, demand, text = line.split("|", 3)
    return Row(
        frozenset() if kinds == "ok" else frozenset(kinds.split("+")), channel, demand == "y", text.replace("\\n", "\n")
    )
