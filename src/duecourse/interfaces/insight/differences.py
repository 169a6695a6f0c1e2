"""Differences between two strategies as lines of a table: two values, a bar with its ends, and what can be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from duecourse.interfaces.chip import Chip
from duecourse.interfaces.insight.svg.interval import cannot_tell, interval

CHIPS = {
    "better": Chip("better", "done"),
    "worse": Chip("worse", "fault"),
    "no_clear_change": Chip("no clear change"),
    "cannot_tell": Chip("cannot tell", "due"),
}
NO_NUMBER = "no honest number"


@dataclass(frozen=True, slots=True)
class Line:
    """`now` and `new` in words, or empty where there is none."""

    name: str
    unit: str
    now: str
    new: str
    picture: SafeString
    difference: str
    chip: Chip


def line(d: Mapping[str, Any]) -> Line:
    """From a difference as core.simulate.tried writes it."""
    name, unit, says = d["name"], d["unit"], d["says"]
    if d["difference"] is None:
        return Line(name, unit, "", NO_NUMBER, cannot_tell(f"{name}: cannot tell"), "", CHIPS["cannot_tell"])
    words = f"{signed(d['difference'])} ({signed(d['low'])} to {signed(d['high'])})"
    picture = interval(
        d["difference"], d["low"], d["high"], says=says, label=f"{name}: {CHIPS[says].text}, difference {words}"
    )
    return Line(name, unit, f"{d['now']:,.2f}", f"{d['new']:,.2f}", picture, words, CHIPS[says])


def signed(number: float) -> str:
    """With a true minus.

    >>> signed(-0.25), signed(0.0), signed(1.5)
    ('−0.25', '0.00', '+1.50')
    """
    text = f"{number:+.2f}"
    return "0.00" if float(text) == 0 else text.replace("-", "−")


def verdict(lines: list[Mapping[str, Any]], new: str) -> str:
    """One sentence for the head of the page."""
    says = {d["measure"]: d for d in lines}
    money, contacts, harm = (says[key]["says"] for key in ("recovered", "contacts", "complaints"))
    cash = {"better": "More comes in", "worse": "Less comes in", "no_clear_change": "As much comes in"}
    less = says["contacts"]
    share = 100 * less["difference"] / less["now"] if less["difference"] is not None and less["now"] else None
    how = {
        "better": f"with {-share:.0f} % fewer contacts" if share is not None else "",
        "worse": f"with {share:.0f} % more contacts" if share is not None else "",
        "no_clear_change": "with as many contacts",
    }
    upset = {
        "better": "Fewer complain.",
        "worse": "More complain.",
        "no_clear_change": "Complaints show no clear change.",
    }
    first = f"{cash.get(money, 'We cannot tell what comes in')} {how.get(contacts, '')}".strip()
    return f"{first} under {new}. {upset.get(harm, 'We cannot tell about complaints.')}"
