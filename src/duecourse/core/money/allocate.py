"""Which debts a payment goes to: those that the payer named, in their order, or else the oldest due first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of a debt, in minor units of the payment's currency."""

    debt_id: int
    due_date: date
    open_minor: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """Parts by debt, each above zero, and the rest that no debt took. Parts and rest sum to the payment."""

    parts: tuple[tuple[int, int], ...]
    rest_minor: int


def allocate(amount_minor: int, debts: Iterable[Open], *, named: Sequence[int] = ()) -> Allocation:
    """No debt takes more than is open of it. With `named`, only those debts take; the rest stays with the customer.

    >>> may, june = Open(1, date(2026, 5, 1), 300), Open(2, date(2026, 6, 1), 500)
    >>> allocate(400, [june, may])
    Allocation(parts=((1, 300), (2, 100)), rest_minor=0)
    >>> allocate(400, [june, may], named=[2])
    Allocation(parts=((2, 400),), rest_minor=0)
    >>> allocate(900, [june, may])
    Allocation(parts=((1, 300), (2, 500)), rest_minor=100)
    """
    by_age = sorted(debts, key=lambda debt: (debt.due_date, debt.debt_id))
    by_id = {debt.debt_id: debt for debt in by_age}
    order = [by_id[one] for one in dict.fromkeys(named) if one in by_id] if named else by_age
    parts: list[tuple[int, int]] = []
    for debt in order:
        part = min(amount_minor, debt.open_minor)
        if part > 0:
            parts.append((debt.debt_id, part))
            amount_minor -= part
    return Allocation(tuple(parts), amount_minor)
