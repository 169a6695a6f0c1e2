"""A fault in a form: which field, and words that say what to type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is the id of the input it links to."""

    field: str
    text: str
