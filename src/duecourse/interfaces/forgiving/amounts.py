"""Amounts as people type them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from duecourse.core.money.currency import exponent
from duecourse.interfaces.forgiving.numbers import NUMBERS

_SCALES = {"hundred": 100, "thousand": 1000}
_FILLERS = {
    *("and", "about", "around", "roughly", "say", "only", "please"),
    *("pounds", "pound", "quid", "pence", "dollars", "dollar", "bucks", "euros", "euro", "yen"),
}


def amount(text: str, currency: str) -> int | None:
    """Minor units, or None where it cannot be read.

    >>> [amount(t, "GBP") for t in ("£1,284.60", "1 284,60", "1.284,60", " 150 ", "150.5", "GBP 20", "1.5k")]
    [128460, 128460, 128460, 15000, 15050, 2000, 150000]
    >>> [amount(t, "GBP") for t in ("a hundred", "about two hundred and fifty pounds", "one thousand")]
    [10000, 25000, 100000]
    >>> [amount(t, "GBP") for t in ("", "soon", "-5", "1.234.5", "12 monkeys")]
    [None, None, None, None, None]
    >>> amount("1,284", "JPY"), amount("1,284", "GBP"), amount("1,28", "GBP"), amount("0.5", "JPY")
    (1284, 128400, 128, None)
    """
    said = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    said = re.sub(r"^[a-z]{3} ?(?=\d)|(?<=\d) ?[a-z]{3}$|[a-z]?[$£€¥]", "", said)
    said = " ".join(w for w in said.split() if w not in _FILLERS)
    figures = re.fullmatch(r"(\d[\d .,'’]*|\d) ?(k?)", said)
    value = _figures(figures[1].rstrip(" .,"), exponent(currency)) if figures else _spelled(said)
    if value is None:
        return None
    if figures and figures[2]:
        value *= 1000
    minor = value.scaleb(exponent(currency))
    return int(minor) if minor == minor.to_integral_value() and 0 < minor < 10**15 else None


def _figures(text: str, digits: int) -> Decimal | None:
    """Figures with either kind of separator: the last one is decimal where its tail is not a group of three."""
    bare = re.sub(r"[ '’]", "", text)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return Decimal(bare)
    whole, _, tail = bare.rpartition(marks[-1])
    grouping = (len(tail) == 3 and digits != 3) or (len(marks) > 1 and set(marks) == {marks[-1]})
    if grouping:
        whole, tail = bare, ""
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and (len(set(re.findall(r"[.,]", whole))) > 1 or not all(len(g) == 3 for g in groups[1:])):
        return None
    if len(groups) > 1 and (len(groups[0]) > 3 or groups[0].startswith("0")):
        return None
    try:
        return Decimal("".join(groups) + ("." + tail if tail else ""))
    except InvalidOperation:
        return None


def _spelled(text: str) -> Decimal | None:
    """Numbers in words, up to the thousands."""
    said = [w for w in re.split(r"[\s-]+", text) if w and w not in _FILLERS]
    if not said or any(w not in NUMBERS and w not in _SCALES for w in said):
        return None
    total = here = 0
    for word in said:
        if word == "thousand":
            total, here = total + max(here, 1) * 1000, 0
        elif word == "hundred":
            here = max(here, 1) * 100
        elif here % 100 and not (NUMBERS[word] < 10 and here % 10 == 0 and here % 100 >= 20):
            return None  # two numbers in a row are not one: "ten ten"
        else:
            here += NUMBERS[word]
    return Decimal(total + here)
