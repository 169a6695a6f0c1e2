"""Card numbers in free text, masked before anything is kept: we never hold one, whoever typed it where (PCI DSS 3.4.1)."""

from __future__ import annotations

import re

_RUN = re.compile(r"(?<!\d)\d(?:[ \t.\-–]{0,2}\d){12,}(?!\d)")
_LENGTHS = range(19, 12, -1)


def mask_cards(text: str) -> str:
    """The text with every card number cut to its last four figures; invoice numbers, phones and sums stay.

    >>> mask_cards("Take it from 4111 1111 1111 1111, please"), mask_cards("card 4111-1111-1111-1111 12/27")
    ('Take it from [card ending 1111], please', 'card [card ending 1111] 12/27')
    >>> mask_cards("FK-20418, order 1234567890123, call 0113 496 0118")
    'FK-20418, order 1234567890123, call 0113 496 0118'
    """
    return _RUN.sub(lambda run: _masked(run[0]), text)


def passes_luhn(figures: str) -> bool:
    """The check figure of ISO/IEC 7812-1.

    >>> passes_luhn("79927398713"), passes_luhn("79927398710")
    (True, False)
    """
    doubled = (int(f) * (2 if n % 2 else 1) for n, f in enumerate(reversed(figures)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _masked(run: str) -> str:
    """A run of figures may hold a card and more (its date, its code): every place where one could begin is tried."""
    at = [n for n, c in enumerate(run) if c.isdigit()]
    figures = "".join(run[n] for n in at)
    for start in range(len(at) - 12):
        if start and at[start] - at[start - 1] == 1:
            continue  # inside a group
        for length in _LENGTHS:
            end = start + length
            if end > len(at) or (end < len(at) and at[end] - at[end - 1] == 1):
                continue
            number = figures[start:end]
            if number[0] in "23456" and passes_luhn(number):
                rest = run[at[end - 1] + 1 :]
                return f"{run[: at[start]]}[card ending {number[-4:]}]{_RUN.sub(lambda r: _masked(r[0]), rest)}"
    return run
