"""A balance in instalments: all alike but the last, which is never more than the others. They sum to the balance exactly."""

from __future__ import annotations


def split(total_minor: int, parts: int) -> tuple[int, ...]:
    """At most `parts` instalments; fewer where the balance has too few minor units for so many.

    >>> split(1000, 3), split(128_460, 6), split(2, 3)
    ((334, 334, 332), (21410, 21410, 21410, 21410, 21410, 21410), (1, 1))
    """
    if total_minor <= 0 or parts <= 0:
        raise ValueError("a balance above zero is split into one instalment or more")
    return by_amount(total_minor, -(-total_minor // parts))


def by_amount(total_minor: int, each_minor: int) -> tuple[int, ...]:
    """Instalments of `each_minor` until the balance is covered; the last shrinks to what is left.

    >>> by_amount(1000, 300)
    (300, 300, 300, 100)
    """
    if total_minor <= 0 or each_minor <= 0:
        raise ValueError("balance and instalment are above zero")
    whole, rest = divmod(total_minor, each_minor)
    return (each_minor,) * whole + ((rest,) if rest else ())


def reduced_first(total_minor: int, reduced_minor: int, reduced: int, then_minor: int) -> tuple[int, ...]:
    """`reduced` smaller instalments first, then usual ones; the last shrinks.

    >>> reduced_first(1000, 50, 3, 300)
    (50, 50, 50, 300, 300, 250)
    """
    if reduced < 0 or reduced_minor <= 0:
        raise ValueError("a reduced instalment is above zero")
    first = by_amount(total_minor, reduced_minor)[:reduced]
    left = total_minor - sum(first)
    return first + (by_amount(left, then_minor) if left else ())
