"""The instruments of a desk row: reasons with weights, channels allowed now, hours strip, contact budget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this row is here, with a weight of 1 to 3. Never a bare score."""

    text: str
    weight: int

    @property
    def bars(self) -> tuple[tuple[int, str, str, bool], ...]:
        """x, y, height and lit, of three rising bars."""
        return tuple((6 * i, f"{6 - 2.6 * i:.1f}", f"{4 + 2.6 * i:.1f}", i < self.weight) for i in range(3))


@dataclass(frozen=True, slots=True)
class Way:
    """A channel now; `why` names the rule that says no."""

    name: str
    allowed: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """A day in the customer's time, in minutes from midnight; the allowed window is half-open."""

    opens: int
    closes: int
    now: int
    label: str
    words: str

    @property
    def open_now(self) -> bool:
        return self.opens <= self.now < self.closes

    @property
    def window(self) -> tuple[str, str]:
        """x and width of the window on a strip of 160 by 14."""
        return f"{self.opens / 9:.1f}", f"{(self.closes - self.opens) / 9:.1f}"

    @property
    def needle(self) -> tuple[str, str]:
        """x of the needle, and of the left end of its head."""
        return f"{self.now / 9:.1f}", f"{self.now / 9 - 3.5:.1f}"


@dataclass(frozen=True, slots=True)
class Budget:
    """Contacts used of contacts allowed, over all teams and channels."""

    used: int
    allowed: int

    @property
    def dots(self) -> tuple[bool, ...]:
        return tuple(i < self.used for i in range(max(self.allowed, min(self.used, 9))))
