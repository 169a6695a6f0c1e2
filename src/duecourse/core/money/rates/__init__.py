"""Rates and statutes as dated, sourced data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from duecourse.core.money.daycount import DayCount


@dataclass(frozen=True, slots=True)
class Statute:
    """What a law gives for a late trade debt. Rates in hundredths of a per cent a year; sums in minor units."""

    name: str
    source: str
    since: date
    rate: str
    margin_bp: int
    fixed_for_life: bool
    currency: str
    fixed: tuple[tuple[int, int], ...]
    day_count: DayCount


@cache
def reference_rates(name: str) -> dict[date, int]:
    """Reference day → rate in hundredths of a per cent.

    >>> reference_rates("boe_base")[date(2023, 12, 31)]
    525
    """
    for file in ("boe.toml", "ecb.toml"):
        raw = tomllib.loads((files(__package__) / file).read_text(encoding="utf-8"))
        if raw["name"] == name:
            return {date.fromisoformat(day): bp for day, bp in raw["on"].items()}
    raise KeyError(name)


@cache
def _statutes() -> dict[str, Statute]:
    raw = tomllib.loads((files(__package__) / "late_payment.toml").read_text(encoding="utf-8"))
    return {
        country: Statute(
            name=name,
            source=one["source"],
            since=one["from"],
            rate=one["rate"],
            margin_bp=one["margin_bp"],
            fixed_for_life=one["fixed_for_life"],
            currency=one["currency"],
            fixed=tuple((below, amount) for below, amount in one["fixed"]),
            day_count=DayCount(one["day_count"]),
        )
        for name, one in raw.items()
        for country in one["countries"]
    }


def statute_of(country: str) -> Statute | None:
    """The law on late trade debts of a creditor's country; None where we know of none.

    >>> statute_of("GB").margin_bp, statute_of("US")
    (800, None)
    """
    return _statutes().get(country)
