"""Which part of a debt a payment settles: principal, interest or fee. The law's order, or the creditor's where it may choose."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

PARTS = ("principal", "interest", "fee")
_PART_OF = {"interest": "interest", "fee": "fee", "compensation": "fee"}
_WAIVED = {"waive_interest": "interest", "waive_fee": "fee"}


@dataclass(frozen=True, slots=True)
class Order:
    """Parts in the order in which they are settled, and who says so."""

    within: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Move:
    """One entry's effect on one debt: positive raises what is owed. `kind` is an entry kind."""

    booked: date
    kind: str
    minor: int


def order(country: str, *, consumer_credit: bool = False, wanted: Sequence[str] = ()) -> Order:
    """The order that holds for a debt. `wanted` is the creditor's own; where the law binds, the law's is used instead.

    >>> order("GB").within
    ('principal', 'interest', 'fee')
    >>> order("DE", consumer_credit=True, wanted=("interest", "fee", "principal")).within
    ('fee', 'principal', 'interest')
    >>> order("FR", wanted=PARTS).within
    ('principal', 'interest', 'fee')
    """
    if wanted and sorted(wanted) != sorted(PARTS):
        raise ValueError(f"an order names each of {', '.join(PARTS)} once")
    raw = _orders()
    law = raw.get(country, raw["default"])
    if consumer_credit:
        law = law.get("consumer_credit", law)
    if wanted and law["may_differ"]:
        return Order(tuple(wanted), "The creditor's own order")
    return Order(tuple(law["within"]), law["source"])


@cache
def _orders() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "orders.toml").read_text(encoding="utf-8"))


def parts_open(moves: Iterable[Move], within: Sequence[str]) -> dict[str, int]:
    """What is open of each part, from all moves of a debt. The parts sum to the debt's open balance.

    Worked out anew from the ledger each time, so that an order that changes, or a payment that comes back, needs no mending.

    >>> day = date(2026, 5, 1)
    >>> owed = [Move(day, "invoice", 10_000), Move(day, "fee", 500), Move(day, "payment", -10_200)]
    >>> parts_open(owed, PARTS), parts_open(owed, ("fee", "interest", "principal"))
    ({'principal': 0, 'interest': 0, 'fee': 300}, {'principal': 300, 'interest': 0, 'fee': 0})
    """
    owed = dict.fromkeys(PARTS, 0)
    paid = 0
    for move in moves:
        if move.kind in _WAIVED:
            owed[_WAIVED[move.kind]] += move.minor
        elif move.minor > 0 and move.kind in _PART_OF:
            owed[_PART_OF[move.kind]] += move.minor
        elif (move.minor > 0 and move.kind not in _COMES_BACK) or move.kind in _LOWERS:
            owed["principal"] += move.minor
        else:
            paid -= move.minor
    # What was waived after it was paid, or credited beyond the principal, is money for the other parts.
    for part in PARTS:
        if owed[part] < 0:
            paid, owed[part] = paid - owed[part], 0
    for part in within:
        settled = max(0, min(paid, owed[part]))
        owed[part] -= settled
        paid -= settled
    owed["principal"] -= paid  # more was paid than was owed, or came back than had come
    return owed


_COMES_BACK = {"refund", "chargeback", "reversal"}
_LOWERS = {"credit_note", "discount", "dispute_credit"}
"""Entries that say the invoice was too high: they lower the principal itself."""
