"""The short questions before a plan: what was typed, as answers or as faults. Kept between pages signed, never in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.portal.fault import Fault

INFLOWS = 3
KEPT_FOR = 24 * 3600
"""Seconds that answers hold good between two pages."""


@dataclass(frozen=True, slots=True)
class When:
    """How often, and the day of the month where it is payday (0: none)."""

    every: str
    payday: int = 0


def keep(answers: Mapping[str, Any], link_id: int) -> str:
    """Answers as a hidden field of this link's pages."""
    return signing.dumps(dict(answers), salt=f"duecourse.plan.{link_id}")


def kept(field: str, link_id: int) -> dict[str, Any]:
    """The answers again; empty where they are not ours or are too old."""
    try:
        found: dict[str, Any] = signing.loads(field, salt=f"duecourse.plan.{link_id}", max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
    return found


def manages(form: Mapping[str, str], currency: str) -> tuple[dict[str, Any], list[Fault]]:
    """What a person can manage each month. Nothing typed is an answer: not known.

    >>> manages({"manage": "about £150"}, "GBP")
    ({'manage': 15000}, [])
    >>> manages({"manage": "nothing"}, "GBP")[0], manages({"manage": "some"}, "GBP")[1][0].field
    ({'manage': 0}, 'manage')
    """
    said = form.get("manage", "").strip().lower()
    if not said:
        return {}, []
    if said in {"nothing", "none", _("nothing")} or said.strip("£$€ 0.,") == "":
        return {"manage": 0}, []
    minor = read_amount(said, currency)
    if minor is None:
        return {}, [Fault("manage", _("Enter an amount, such as 150. You can leave it empty."))]
    return {"manage": minor}, []


def inflows(
    form: Mapping[str, str], currency: str, today: date, *, day_first: bool
) -> tuple[dict[str, Any], list[Fault]]:
    """The days on which a firm expects money, and how much of it could go to this.

    >>> form = {"in1": "500", "on1": "12 December", "in2": "", "on2": ""}
    >>> inflows(form, "GBP", date(2026, 11, 25), day_first=True)
    ({'inflows': [['2026-12-12', 50000]]}, [])
    >>> [f.field for f in inflows({"in1": "500"}, "GBP", date(2026, 11, 25), day_first=True)[1]]
    ['on1']
    """
    found: list[list[Any]] = []
    faults: list[Fault] = []
    for n in range(1, INFLOWS + 1):
        sum_said, day_said = form.get(f"in{n}", "").strip(), form.get(f"on{n}", "").strip()
        if not sum_said and not day_said:
            continue
        minor = read_amount(sum_said, currency)
        day = read_day(day_said, today, day_first=day_first)
        if minor is None:
            faults.append(Fault(f"in{n}", _("Enter an amount, such as 150 or 150.00")))
        if day is None or day <= today:
            faults.append(Fault(f"on{n}", _("Enter a day that is still to come, such as 18 December or Friday.")))
        if minor is not None and day is not None and day > today:
            found.append([day.isoformat(), minor])
    return ({"inflows": found} if found else {}), faults


def when(form: Mapping[str, str]) -> tuple[When | None, list[Fault]]:
    """How often payments suit.

    >>> when({"every": "payday", "payday": "the 28th"}), when({"every": "payday"})[1][0].field
    ((When(every='payday', payday=28), []), 'payday')
    """
    every = form.get("every", "")
    if every not in ("month", "payday", "fortnight", "week"):
        return None, [Fault("every", _("Choose how often suits you."))]
    if every != "payday":
        return When(every), []
    said = "".join(c for c in form.get("payday", "") if c.isdecimal())
    if not said or len(said) > 2 or not 1 <= int(said) <= 31:
        return None, [Fault("payday", _("Enter the day of the month, from 1 to 31."))]
    return When(every, int(said)), []
