"""From a form's answers to the data of a fact, with words for what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from duecourse.interfaces.desk.fact_choices import DAYS
from duecourse.interfaces.desk.fact_forms import Form, Input
from duecourse.interfaces.portal.fault import Fault


class Answers(Protocol):
    """What a POST holds."""

    def get(self, key: str, default: str = ...) -> str: ...
    def getlist(self, key: str) -> list[str]: ...


def read(form: Form, said: Answers) -> tuple[dict[str, Any], list[Fault]]:
    """Data by column, and the faults. An empty answer that is not needed is left out.

    A time that ends at midnight ends at 24:00.
    """
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    for each in form.inputs:
        try:
            value = _value(each, said)
        except ValueError as error:
            faults.append(Fault(each.name, str(error)))
            continue
        if value is None and each.needed:
            faults.append(Fault(each.name, f"Say this too: {each.label.lower()}"))
        elif value is not None:
            data[each.name] = value
    if data.get("end_minute") == 0:
        data["end_minute"] = 1440
    return data, faults


def _value(each: Input, said: Answers) -> Any:
    if each.shape == "days":
        bits = sum(1 << int(d) for d in set(said.getlist(each.name)) if d in "0123456" and len(d) == 1)
        return bits or None
    text = said.get(each.name, "").strip()
    if not text:
        return None
    if each.shape == "flag":
        return {"yes": True, "no": False}.get(text)
    if each.shape == "day":
        return a_date(text).isoformat()
    if each.shape == "time":
        found = re.fullmatch(r"([01]?\d|2[0-4])[:.]([0-5]\d)", text)
        if not found:
            raise ValueError("Write a time such as 09:30")
        return int(found[1]) * 60 + int(found[2])
    if each.shape == "number":
        if not text.isdecimal():
            raise ValueError("Write a number such as 1")
        return int(text)
    return text


def a_date(text: str) -> date:
    """A date, also one that has passed. Raises ValueError with words for a form."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("Write a date such as 2026-11-25") from None


def words(form: Form, data: Mapping[str, Any]) -> str:
    """A fact in a line, as the form would ask for it.

    >>> from duecourse.interfaces.desk.fact_forms import form_of
    >>> words(form_of("preferences"), {"start_minute": 720, "end_minute": 780, "days": 3})
    'From 12:00. To 13:00. On these days: Monday, Tuesday'
    """
    return ". ".join(said for each in form.inputs if (said := _said(each, data.get(each.name))))


def _said(each: Input, value: Any) -> str:
    if value is None:
        return ""
    if each.shape == "choice":
        return dict(each.options).get(value, str(value))
    if each.shape == "flag":
        return each.label if value else f"Not so: {each.label.lower()}"
    if each.shape == "time":
        return f"{each.label} {value // 60:02d}:{value % 60:02d}"
    if each.shape == "days":
        return f"{each.label}: {', '.join(day for n, day in enumerate(DAYS) if value >> n & 1)}"
    return f"{each.label}: {value}"
