"""Reminders and calls of the last year, as the polite playbook would have had them, up to a week ago."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from duecourse.actions.example.cast import Payer
from duecourse.actions.example.history import Bill
from duecourse.core.decide.playbook import Playbook
from duecourse.core.law.calendars import holidays_in
from duecourse.core.law.places import jurisdiction

BACK = 400
PAUSE = 6
"""Nothing was sent in the last days, so that the first run of the day has something to decide."""
GAP = timedelta(days=9)
_WORDS = ("Paying this week.", "Can you send me a copy of the invoice?", "Thank you, will look at it.")
_SEGMENT = {"prompt": "good_payer", "new": "new", "large": "large"}


@dataclass
class Spoken:
    """A contact. `steps` holds (place of the bill, place of the step) of a reminder; empty for calls and replies."""

    at: datetime
    channel: str
    direction: str
    purpose: str
    outcome: str
    summary: str = ""
    steps: list[tuple[int, int]] = field(default_factory=list)


def spoken(dice: random.Random, payer: Payer, bills: list[Bill], today: date, playbook: Playbook) -> list[Spoken]:
    """What was written and said, oldest first. Nobody is written to whom we cannot reach."""
    days = playbook.from_day[_SEGMENT.get(payer.habit, "usually_late")]
    steps: dict[date, list[tuple[int, int]]] = {}
    for number, bill in enumerate(bills):
        for place, opens in enumerate(days, start=1):
            if opens is None:
                continue
            day = _open_day(payer, bill.due + timedelta(days=opens))
            recent = today - timedelta(days=BACK) <= day <= today - timedelta(days=PAUSE)
            if recent and day >= bill.issued and bill.open(day, known=True) > 0:
                steps.setdefault(day, []).append((number, place))
    out: list[Spoken] = []
    for day in sorted(steps):
        if payer.email and not (out and day < out[-1].at.date() + GAP):
            out.append(Spoken(_at(dice, payer, day), "email", "out", "reminder", "attempted", steps=steps[day]))
            out += _answers(dice, payer, day, last=max(place for _, place in steps[day]), today=today)
    return out


def _answers(dice: random.Random, payer: Payer, day: date, *, last: int, today: date) -> list[Spoken]:
    later = _open_day(payer, day + timedelta(days=dice.randint(1, 3)))
    if later > today - timedelta(days=1):
        return []
    if last >= 5 and payer.phone and dice.random() < 0.5:
        outcome = dice.choice(("talked", "talked", "no_answer"))
        return [Spoken(_at(dice, payer, later), "phone", "out", "collection", outcome)]
    if dice.random() < 0.12:
        return [Spoken(_at(dice, payer, later), "email", "in", "reply", "reply", dice.choice(_WORDS))]
    return []


def _at(dice: random.Random, payer: Payer, day: date) -> datetime:
    there = ZoneInfo(payer.town[2])
    return datetime.combine(day, time(9 + dice.randint(0, 6), dice.randint(0, 59)), there).astimezone(UTC)


def _open_day(payer: Payer, day: date) -> date:
    """The same day, or the next one that is neither weekend nor holiday where the customer lives: the house writes then."""
    home = jurisdiction(payer.lender.country, payer.town[1])
    while day.weekday() > 4 or day in holidays_in(home, day.year):
        day += timedelta(days=1)
    return day
