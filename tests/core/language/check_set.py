"""The sets of outgoing texts in data/check_texts*.txt, read as rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PLACE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Row:
    """`kinds` is empty where the text is good."""

    kinds: frozenset[str]
    channel: str
    demand: bool
    text: str


def rows() -> list[Row]:
    files = sorted(PLACE.glob("check_texts*.txt"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [_row(line) for line in lines if line and not line.startswith("#")]


def _row(line: str) -> Row:
    kinds, channel, demand, text = line.split("|", 3)
    return Row(
        frozenset() if kinds == "ok" else frozenset(kinds.split("+")), channel, demand == "y", text.replace("\\n", "\n")
    )
