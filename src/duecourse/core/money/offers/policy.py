"""A creditor's offer policy: limits by role and balance band, and the worth of keeping a customer. Text in, values out."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from duecourse.core.money.currency import exponent

ROLES = ("customer", "collector", "lead")
"""Who makes an offer: the customer on the page, a collector, a lead. Other roles of the desk count as collector."""


class BadPolicy(ValueError):
    """The text is no offer policy; the message says where."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a role may offer on its own for a balance."""

    months: int
    extend_days: int
    settle_bp: int
    least_instalment: int


@dataclass(frozen=True)
class Policy:
    """As read. `raw` holds the numbers by the names in the file."""

    name: str
    raw: dict[str, Any]
    digest: str

    @property
    def label(self) -> str:
        return f"{self.name}@{self.digest[:12]}"

    def limit(self, role: str, balance_minor: int, currency: str, *, hardship: bool = False) -> Limit:
        """What `role` may offer for a balance.

        >>> packaged().limit("collector", 128_460, "GBP").months, packaged().limit("collector", 128_460, "GBP", hardship=True).months
        (18, 42)
        """
        band = next(b for b in self.raw["bands"] if not b["below"] or balance_minor < scale(b["below"], currency))
        own = band[role if role in ROLES else "collector"]
        more = self.raw["hardship"]
        least = min(band["least_instalment"], more["least_instalment"]) if hardship else band["least_instalment"]
        months = own["months"] + (more["more_months"] if hardship else 0)
        return Limit(months, own["extend_days"], own["settle_bp"], max(1, scale(least, currency)))

    @property
    def worth(self) -> int:
        """What it is worth that a customer stays, for two decimals: winning another costs `times` what keeping one does."""
        return int(self.raw["worth"]["times"] * self.raw["worth"]["keeping_cost"])


def scale(minor: int, currency: str) -> int:
    """An amount given for two decimals in a currency's minor units.

    >>> scale(500, "JPY"), scale(500, "KWD")
    (5, 5000)
    """
    return int(minor * 10 ** exponent(currency) // 100)


def read(text: str) -> Policy:
    """Raises BadPolicy."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy(f"not TOML: {error}") from None
    try:
        bands = raw["bands"]
        if [bool(band["below"]) for band in bands] != [True] * (len(bands) - 1) + [False]:
            raise BadPolicy("bands: only the last has below = 0")
        if [band["below"] for band in bands[:-1]] != sorted({band["below"] for band in bands[:-1]}):
            raise BadPolicy("bands: each begins where the one before it ends")
        for band in bands:
            for role in ROLES:
                _limits(band[role])
            if band["least_instalment"] < 1:
                raise BadPolicy("bands: least_instalment is above zero")
        for table, names in _NUMBERS.items():
            for name in names:
                if not isinstance(raw[table][name], int | float) or raw[table][name] < 0:
                    raise BadPolicy(f"{table}.{name} is a number, zero or more")
        parts = [part for part, _ in raw["kept"]["by_burden"]]
        if parts != sorted(set(parts)) or not parts:
            raise BadPolicy("kept.by_burden: parts rise")
    except KeyError as error:
        raise BadPolicy(f"{error.args[0]} is missing") from None
    return Policy(str(raw["name"]), raw, hashlib.sha256(text.encode()).hexdigest())


_NUMBERS = {
    "worth": ("times", "keeping_cost", "discount_bp", "cost_a_payment"),
    "kept": ("unknown", "lost_by_share", "lost_a_year", "without", "stays_without", "stays_with", "lightness"),
    "hardship": ("more_months", "least_instalment", "breathing_days", "reduced_months"),
    "early": ("discount_bp", "days_before"),
    "loyalty": ("after", "credit"),
}


def _limits(role: dict[str, int]) -> None:
    if not 1 <= role["months"] <= 60 or not 0 <= role["extend_days"] <= 365 or not 0 <= role["settle_bp"] <= 9_000:
        raise BadPolicy("limits: months 1 to 60, extend_days up to 365, settle_bp up to 9000")


@cache
def packaged() -> Policy:
    """The policy that comes with the product."""
    return read((files(__package__) / "default.toml").read_text(encoding="utf-8"))
