"""Texts with their labels: those that come with the package, and those of vulnerability.toml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from duecourse.core.language.listen.label import URGENT, Label
from duecourse.core.language.packaged import word_list


@dataclass(frozen=True, slots=True)
class Labelled:
    """`labels` is what a person would hear in the text. `trap`: it sounds like something that it is not."""

    id: str
    text: str
    channel: str
    labels: frozenset[Label]
    urgent: bool = False
    trap: bool = False

    @property
    def said(self) -> frozenset[str]:
        """What the head learns from it: the labels, and the flag."""
        return self.labels | {URGENT} if self.urgent else frozenset[str](self.labels)


def labelled(lines: str) -> Iterator[Labelled]:
    """One JSON object a line: id, text, channel, labels, and where they hold urgent and trap.

    >>> [row] = labelled('{"id": "1", "text": "Paid.", "channel": "sms", "labels": ["already_paid"]}')
    >>> row.labels
    frozenset({<Label.ALREADY_PAID: 'already_paid'>})
    """
    for line in lines.splitlines():
        row = json.loads(line)
        labels = frozenset(map(Label, row["labels"])) - {Label.OTHER}
        yield Labelled(row["id"], row["text"], row["channel"], labels, row.get("urgent", False), row.get("trap", False))


def training() -> tuple[Labelled, ...]:
    """All texts that the packaged head is fitted on, in a fixed order."""
    place = files("duecourse.core.language") / "data" / "training"
    names = sorted(file.name for file in place.iterdir() if file.name.endswith(".jsonl"))
    own = [row for name in names for row in labelled((place / name).read_text(encoding="utf-8"))]
    harm = word_list("vulnerability")
    spoken = [
        Labelled(f"{table}-{number}", text, "email", frozenset({Label.VULNERABILITY}), table == URGENT)
        for table in (Label.VULNERABILITY, URGENT)
        for number, text in enumerate(harm[table]["examples"], 1)
    ]
    return (*own, *spoken)
