"""A fault of a text: its kind, the words, why they are one, and better words (FORMATS.md, `language check`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of FORMATS.md, by their names there."""

    ACCUSATORY = "accusatory"
    THREATENING = "threatening"
    FALSE_LEGAL_THREAT = "false_legal_threat"
    FALSE_URGENCY = "false_urgency"
    SHAMING = "shaming"
    JARGON = "jargon"
    TOO_COMPLEX = "too_complex"
    MISSING_AMOUNT = "missing_amount"
    MISSING_WAY_TO_PAY = "missing_way_to_pay"
    MISSING_DEADLINE = "missing_deadline"
    THIRD_PARTY_DISCLOSURE = "third_party_disclosure"
    PATRONISING = "patronising"
    NO_HELP_OFFER = "no_help_offer"
    AGGRESSIVE_CAPS = "aggressive_caps"


MISSING = frozenset({Kind.MISSING_AMOUNT, Kind.MISSING_WAY_TO_PAY, Kind.MISSING_DEADLINE, Kind.NO_HELP_OFFER})


@dataclass(frozen=True, slots=True)
class Fault:
    """`quote` is in the text to the letter; empty where something is missing. Put `suggestion` in its place, or at the end."""

    kind: Kind
    quote: str
    why: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Found:
    """A fault and its place, before better words are chosen. `instead` is None where the whole sentence must go."""

    kind: Kind
    start: int
    end: int
    why: str
    instead: str | None
