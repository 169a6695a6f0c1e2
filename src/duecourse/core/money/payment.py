"""What became of a payment, from all that was said of it: a fold over a set, so order and copies do not matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a gateway says in an event."""

    PENDING = "pending"
    DECLINED = "declined"  # one try failed; the payer may still try another card
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # closed without money: expired, cancelled or failed for good
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"  # a refund came back to us
    DISPUTED = "disputed"  # the payer's bank took the money back for now
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    OTHER = "other"  # kept, and changes nothing


_OUT = {
    Kind.REFUNDED: "refund",
    Kind.REFUND_FAILED: "refund",
    Kind.DISPUTED: "chargeback",
    Kind.DISPUTE_WON: "chargeback",
    Kind.DISPUTE_LOST: "chargeback",
}
_BACK = {Kind.REFUND_FAILED, Kind.DISPUTE_WON}


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One event. `part` names the refund or dispute; amounts are minor units."""

    kind: Kind
    gateway: str
    part: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class Received:
    """Money that a gateway took for us."""

    gateway: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class Returned:
    """Money that left again by a refund or chargeback; `back` where it then came back to us."""

    gateway: str
    part: str
    cause: str
    amount_minor: int
    currency: str
    back: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` is new, pending, succeeded, failed, refunded or disputed; `contradicted` asks for a person."""

    state: str
    received: tuple[Received, ...]
    returned: tuple[Returned, ...]
    contradicted: bool


def standing(said: Iterable[Said], *, gateway: str) -> Standing:
    """The standing of a payment that was asked of `gateway`. Another gateway may have taken money for it too.

    >>> paid, late = Said(Kind.SUCCEEDED, "a", "", 500, "GBP"), Said(Kind.FAILED, "a", "", 500, "GBP")
    >>> standing([late, paid, paid], gateway="a").state
    'succeeded'
    >>> standing([paid, Said(Kind.REFUNDED, "a", "re_1", 500, "GBP")], gateway="a").state
    'refunded'
    """
    heard = sorted(set(said))
    received, twice = _received(heard)
    returned, unclear = _returned(heard)
    kinds = {one.kind for one in heard if one.gateway == gateway}
    if received:
        state = _after_success(received, returned)
    elif Kind.FAILED in kinds:
        state = "failed"
    else:
        state = "pending" if kinds & {Kind.PENDING, Kind.DECLINED} else "new"
    return Standing(state, received, returned, contradicted=twice or unclear)


def _received(heard: list[Said]) -> tuple[tuple[Received, ...], bool]:
    """One receipt a gateway; where it named several sums, the smallest, and a person is asked."""
    sums: dict[str, list[Received]] = {}
    for one in heard:
        if one.kind is Kind.SUCCEEDED:
            sums.setdefault(one.gateway, []).append(Received(one.gateway, one.amount_minor, one.currency))
    return tuple(min(of) for of in sums.values()), any(len(of) > 1 for of in sums.values())


def _returned(heard: list[Said]) -> tuple[tuple[Returned, ...], bool]:
    parts: dict[tuple[str, str], list[Said]] = {}
    for one in heard:
        if one.kind in _OUT:
            parts.setdefault((one.gateway, one.part), []).append(one)
    found = tuple(
        Returned(gateway, part, _OUT[of[0].kind], of[0].amount_minor, of[0].currency, any(o.kind in _BACK for o in of))
        for (gateway, part), of in sorted(parts.items())
    )
    return found, any(len({(o.amount_minor, o.currency) for o in of}) > 1 for of in parts.values())


def _after_success(received: tuple[Received, ...], returned: tuple[Returned, ...]) -> str:
    gone = [one for one in returned if not one.back]
    if any(one.cause == "chargeback" for one in gone):
        return "disputed"
    left = sum(one.amount_minor for one in received) - sum(one.amount_minor for one in gone)
    return "refunded" if left <= 0 else "succeeded"
