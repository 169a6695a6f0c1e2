"""What was heard in a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duecourse.core.language.listen.label import Label


@dataclass(frozen=True, slots=True)
class Evidence:
    """`quote` stands in the text to the letter."""

    label: Label
    quote: str


@dataclass(frozen=True, slots=True)
class Heard:
    """`confidence`: a calibrated chance by label. `person`: somebody should read it before anything is done."""

    labels: tuple[Label, ...]
    urgent: bool
    language: str
    evidence: tuple[Evidence, ...]
    confidence: Mapping[Label, float]
    person: bool
