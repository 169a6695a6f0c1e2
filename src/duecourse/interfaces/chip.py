"""A chip: a state in a shape and words, never in colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["due", "hand", "done", "hold", "dispute", "care", "fault", "plain", ""]


@dataclass(frozen=True, slots=True)
class Chip:
    """`kind` names the shape and the colour: due is time, hand is in hand, fault is ours or a form's."""

    text: str
    kind: Kind = ""

    @property
    def classes(self) -> str:
        """CSS classes; a dispute is something in hand with its own shape."""
        if not self.kind:
            return "chip"
        return "chip chip--hand chip--dispute" if self.kind == "dispute" else f"chip chip--{self.kind}"
