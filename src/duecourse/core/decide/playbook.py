"""A playbook: versioned text that says which step opens on which day, for which segment."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

SEGMENTS = ("large", "new", "usually_late", "good_payer")
"""In order of precedence: the first that fits is the customer's."""


class BadPlaybook(ValueError):
    """The text is not a playbook; the message says where and what would mend it."""


@dataclass(frozen=True)
class Playbook:
    """`from_day[segment][place]` is the first day (from due) of a step, or None where the segment skips it."""

    name: str
    version: int
    text: str
    steps: tuple[str, ...]
    channels: tuple[str, ...]
    finished_after_days: int
    from_day: dict[str, tuple[int | None, ...]]
    large: int
    least: int

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    def place(self, step: str) -> int:
        """1 for the first step."""
        return self.steps.index(step) + 1


def read(text: str) -> Playbook:
    """A playbook from its text. Raises BadPlaybook."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPlaybook(f"not TOML: {error}") from None
    try:
        steps = tuple(raw["steps"])
        from_day = {}
        for segment in SEGMENTS:
            days = raw["segments"][segment]["from_day"]
            unknown = set(days) - set(steps)
            if unknown:
                raise BadPlaybook(f"segments.{segment}.from_day names {sorted(unknown)[0]}, which is not in steps")
            row = tuple(days.get(step) for step in steps)
            opened = [d for d in row if d is not None]
            if opened != sorted(set(opened)):
                raise BadPlaybook(f"segments.{segment}.from_day: each step must open later than the one before it")
            from_day[segment] = row
        return Playbook(
            name=raw["name"],
            version=int(raw["version"]),
            text=text,
            steps=steps,
            channels=tuple(raw["channels"]),
            finished_after_days=int(raw["finished_after_days"]),
            from_day=from_day,
            large=int(raw["amounts"]["large"]),
            least=int(raw["amounts"]["least"]),
        )
    except KeyError as error:
        raise BadPlaybook(f"{error.args[0]} is missing") from None


def packaged(name: str = "polite") -> Playbook:
    """A playbook that comes with the product."""
    return read((files(__package__) / "playbooks" / f"{name}.toml").read_text(encoding="utf-8"))
