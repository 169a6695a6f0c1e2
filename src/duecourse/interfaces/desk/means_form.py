"""The short questions about money: fields, and what was typed as answers. A person's month, or the days a firm expects money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duecourse.interfaces.forgiving.amounts import amount as read_amount
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.portal.fault import Fault

MONEY_IN = (("wages", "Wages"), ("benefits", "Benefits or pension"), ("other_income", "Other money in"))
MONEY_OUT = (
    ("housing", "Rent or mortgage, council tax"),
    ("energy_water", "Energy and water"),
    ("food", "Food and household"),
    ("travel", "Getting around"),
    ("care", "Children, health, care"),
    ("other_debts", "Other debts"),
)
INFLOWS = 3
EVERY = (("month", "each month"), ("payday", "on payday"), ("fortnight", "every two weeks"), ("week", "each week"))


@dataclass(frozen=True, slots=True)
class Heard:
    """`answers` as `core.money.afford.read` takes them; empty where nothing was said."""

    answers: Mapping[str, Any]
    hardship: bool
    every: str
    payday: int
    lump_minor: int | None


def read(form: Mapping[str, str], currency: str, today: date, *, person: bool, day_first: bool) -> Heard | list[Fault]:
    """What was typed, or what is to be put right."""
    faults: list[Fault] = []
    answers = _month(form, currency, faults) if person else _inflows(form, currency, today, day_first, faults)
    lump = _sum(form, "lump", currency, faults)
    every = form.get("every", "month")
    payday = form.get("payday", "").strip()
    if every not in dict(EVERY):
        faults.append(Fault("every", "Choose how often"))
    if every == "payday" and not (payday.isdecimal() and 1 <= int(payday) <= 31):
        faults.append(Fault("payday", "Say which day of the month is payday, 1 to 31"))
    day = int(payday) if payday.isdecimal() and every == "payday" else 0
    return faults or Heard(answers, bool(form.get("hardship")), every, day, lump)


def _month(form: Mapping[str, str], currency: str, faults: list[Fault]) -> Mapping[str, Any]:
    said = {name: _sum(form, name, currency, faults) for name, _ in (*MONEY_IN, *MONEY_OUT)}
    told = {name: minor for name, minor in said.items() if minor is not None}
    if told and not any(name in told for name, _ in MONEY_IN) and not faults:
        faults.append(Fault("wages", "Say what comes in each month; 0 is an answer"))
    return {"monthly": told} if told else {}


def _inflows(
    form: Mapping[str, str], currency: str, today: date, day_first: bool, faults: list[Fault]
) -> Mapping[str, Any]:
    found = []
    for n in range(1, INFLOWS + 1):
        minor = _sum(form, f"in{n}", currency, faults)
        said = form.get(f"on{n}", "").strip()
        day = read_day(said, today, day_first=day_first) if said else None
        if (minor or said) and (day is None or day <= today):
            faults.append(Fault(f"on{n}", "Enter a day that is still to come, such as Friday or 4 dec"))
        elif minor and day:
            found.append([day.isoformat(), minor])
    return {"inflows": found} if found else {}


def _sum(form: Mapping[str, str], name: str, currency: str, faults: list[Fault]) -> int | None:
    said = form.get(name, "").strip()
    if not said:
        return None
    if said.strip("0.,") == "":
        return 0
    minor = read_amount(said, currency)
    if minor is None:
        faults.append(Fault(name, "Enter an amount, such as 150 or 150.00"))
    return minor
