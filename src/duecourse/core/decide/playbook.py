"""A playbook: versioned text that says which step opens on which day, for which segment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files

SEGMENTS = ("large", "new", "usually_late", "good_payer")
"""In order of precedence: the first that fits is the customer's."""
CHANNELS = ("email", "sms")
"""Channels that a step may go by."""
COUNTED_FROM = ("due", "usual_day")
MOST_EARLY, MOST_WAIT = 7, 7
"""A forecast may bring the first word forward, or hold reminders back, by at most so many days."""


class BadPlaybook(ValueError):
    """The text is not a playbook; the message says where and what would mend it."""


@dataclass(frozen=True)
class Tempo:
    """What a forecast may change: when something is said, never whether the law allows it nor on which channel.

    From a chance of `likely_late` on, the first step opens `early_days` before the due date: one word more than otherwise,
    at most. From a chance of `likely_alone` that what is overdue comes by itself, every step waits `wait_days` more. No
    days: the forecast changes nothing.
    """

    likely_late: float = 1.0
    early_days: int = 0
    likely_alone: float = 1.0
    wait_days: int = 0


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
    usual_day: frozenset[str] = frozenset()
    """Segments whose days count from the customer's usual day of paying instead of the due date, where that is later."""
    usual_day_at_most: int = 0
    """Days after the due date beyond which no habit is waited for."""
    summary: str = ""
    step_channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Steps that go by other channels than `channels`, the first that reaches the customer: day14 = ["sms", "email"]."""
    quiet_days: int = 0
    """Days after a reminder in which the customer gets no other; steps that open meanwhile go into the next."""
    tempo: Tempo = Tempo()

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
        usual_day = set()
        for segment in SEGMENTS:
            days = raw["segments"][segment]["from_day"]
            counted = raw["segments"][segment].get("counted_from", "due")
            if counted not in COUNTED_FROM:
                raise BadPlaybook(f"segments.{segment}.counted_from is {counted!r}; write one of {COUNTED_FROM}")
            if counted == "usual_day":
                usual_day.add(segment)
            unknown = set(days) - set(steps)
            if unknown:
                raise BadPlaybook(f"segments.{segment}.from_day names {sorted(unknown)[0]}, which is not in steps")
            if not all(isinstance(day, int) for day in days.values()):
                raise BadPlaybook(f"segments.{segment}.from_day: days are whole numbers; nothing goes out hourly")
            row = tuple(days.get(step) for step in steps)
            opened = [d for d in row if d is not None]
            if opened != sorted(set(opened)):
                raise BadPlaybook(f"segments.{segment}.from_day: each step must open later than the one before it")
            from_day[segment] = row
        step_channels = {step: tuple(named) for step, named in raw.get("step_channels", {}).items()}
        if unknown := set(step_channels) - set(steps):
            raise BadPlaybook(f"step_channels names {sorted(unknown)[0]}, which is not in steps")
        for channel in (*raw["channels"], *(one for named in step_channels.values() for one in named)):
            if channel not in CHANNELS:
                raise BadPlaybook(f"{channel!r} is not a channel that a step goes by; write one of {CHANNELS}")
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
            usual_day=frozenset(usual_day),
            usual_day_at_most=int(raw.get("usual_day_at_most", 0)),
            summary=str(raw.get("summary", "")),
            step_channels=step_channels,
            quiet_days=int(raw.get("quiet_days", 0)),
            tempo=_tempo(raw.get("forecast", {})),
        )
    except KeyError as error:
        raise BadPlaybook(f"{error.args[0]} is missing") from None
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, BadPlaybook):
            raise
        raise BadPlaybook(f"a value has the wrong kind ({error})") from None


def _tempo(raw: dict[str, object]) -> Tempo:
    """Raises BadPlaybook where a forecast would do more than change the tempo."""
    unknown = set(raw) - {f.name for f in fields(Tempo)}
    if unknown:
        raise BadPlaybook(f"forecast.{sorted(unknown)[0]} is nothing that a forecast may change")
    tempo = Tempo(**raw)  # type: ignore[arg-type]
    for name, most in (("early_days", MOST_EARLY), ("wait_days", MOST_WAIT)):
        if not 0 <= int(getattr(tempo, name)) <= most:
            raise BadPlaybook(f"forecast.{name} is {getattr(tempo, name)}; write 0 to {most}")
    for name in ("likely_late", "likely_alone"):
        if not 0.5 <= float(getattr(tempo, name)) <= 1:
            raise BadPlaybook(f"forecast.{name} is {getattr(tempo, name)}; write a chance from 0.5 to 1")
    return tempo


def packaged(label: str = "polite") -> Playbook:
    """A playbook that comes with the product: `polite` is its newest version, `polite@1` that one. Raises BadPlaybook."""
    name, _, version = label.partition("@")
    versions = {book.version: book for book in all_packaged() if book.name == name}
    wanted = version or (str(max(versions)) if versions else "")
    if not wanted.isdigit() or int(wanted) not in versions:
        known = ", ".join(book.label for book in all_packaged())
        raise BadPlaybook(f"there is no playbook {label}; those that come with the product are {known}")
    return versions[int(wanted)]


@cache
def all_packaged() -> tuple[Playbook, ...]:
    """Every playbook and version that comes with the product."""
    texts = [file for file in (files(__package__) / "playbooks").iterdir() if file.name.endswith(".toml")]
    books = [read(file.read_text(encoding="utf-8")) for file in texts]
    return tuple(sorted(books, key=lambda book: (book.name, book.version)))
