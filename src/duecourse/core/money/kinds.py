"""Kinds of ledger entry: what each is for, and the legs it is made of. An entry's legs sum to zero.

Legs are (account, amount, of the debt): `receivable` is what the customer owes on a debt; the other accounts are the book's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """`against` is the other account. `raises`: it raises what the debt has open. `gives`: the customer is let off something."""

    name: str
    against: str
    raises: bool
    gives: bool = False


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("invoice", "sales", raises=True),
        Kind("opening", "opening", raises=True),
        Kind("interest", "interest", raises=True),
        Kind("fee", "fees", raises=True),
        Kind("compensation", "fees", raises=True),  # a statute's fixed sum for late payment
        Kind("payment", "cash", raises=False),
        Kind("allocation", "unmatched", raises=False),
        Kind("refund", "cash", raises=True),
        Kind("chargeback", "cash", raises=True),
        Kind("reversal", "cash", raises=True),  # a payment that was booked by mistake or bounced
        Kind("credit_note", "sales", raises=False, gives=True),
        Kind("dispute_credit", "sales", raises=False, gives=True),
        Kind("waive_interest", "interest", raises=False, gives=True),
        Kind("waive_fee", "fees", raises=False, gives=True),
        Kind("discount", "discount", raises=False, gives=True),
        Kind("settlement", "writeoff", raises=False, gives=True),  # the rest of an agreed settlement that was kept
        Kind("write_off", "writeoff", raises=False, gives=True),  # needs a second person
        Kind("fx", "fx", raises=False),  # a difference of exchange; its amount may have either sign
    )
}


def legs(kind: str, minor: int, debt: int) -> tuple[tuple[str, int, int | None], ...]:
    """(account, amount, debt) of an entry on one debt. `minor` is above zero, but for `fx`, where below zero raises the debt.

    >>> legs("fee", 500, 7), legs("waive_fee", 500, 7)
    ((('receivable', 500, 7), ('fees', -500, None)), (('receivable', -500, 7), ('fees', 500, None)))
    """
    one = KINDS[kind]
    if minor == 0 or (minor < 0 and kind != "fx"):
        raise ValueError(f"an entry of kind {kind} is of an amount above zero")
    signed = minor if one.raises else -minor
    return ("receivable", signed, debt), (one.against, -signed, None)


def loyalty_legs(minor: int) -> tuple[tuple[str, int, int | None], ...]:
    """Thanks for paying promptly: credit that the next invoice takes.

    >>> loyalty_legs(250)
    (('discount', 250, None), ('unmatched', -250, None))
    """
    if minor <= 0:
        raise ValueError("a credit is of an amount above zero")
    return ("discount", minor, None), ("unmatched", -minor, None)
