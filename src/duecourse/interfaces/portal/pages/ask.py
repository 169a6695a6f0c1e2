"""A page that asks one thing: a choice, a few words, and perhaps a day. Used for help and for "something is wrong"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duecourse.actions.hear_customer import Answer, Caller, hear
from duecourse.core.language.cards import mask_cards
from duecourse.interfaces.dates import day as day_in_words
from duecourse.interfaces.forgiving.days import day as read_day
from duecourse.interfaces.portal.entrance import Visit
from duecourse.interfaces.portal.fault import Fault
from duecourse.interfaces.portal.owes import today


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer, and what follows from it."""

    value: str
    name: str
    then: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The page; answers that were given are kept."""

    token: str
    title: str
    lead: str
    choices: tuple[Choice, ...]
    words_label: str
    words_hint: str
    button: str
    asks_day: bool = False
    chosen: str = ""
    day: str = ""
    words: str = ""
    fault_of: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thanks:
    """What we do now, in words that are true."""

    title: str
    means: tuple[str, ...]
    token: str = ""


def show(visit: Visit, ask: Ask, errors: Sequence[Fault] = ()) -> HttpResponse:
    asked = replace(ask, fault_of={e.field: e.text for e in errors})
    return render(visit.request, "portal/ask.html", {"sender": visit.sender, "page": asked, "errors": errors})


def answer(visit: Visit, ask: Ask, answers: dict[str, Answer], title: str) -> HttpResponse:
    """Read the form; hear the customer, or ask again with the answers kept."""
    form = visit.request.POST
    ask = replace(
        ask,
        chosen=form.get("choice", ""),
        day=form.get("day", "")[:60],
        words=mask_cards(form.get("words", "")[:4000]),
    )
    errors = []
    chosen = answers.get(ask.chosen)
    if chosen is None:
        errors.append(Fault("choice", _("Choose the one that fits best.")))
    zone = ZoneInfo(visit.account.creditor.timezone)
    wished = None
    if ask.asks_day and ask.day.strip():
        wished = read_day(ask.day, today(visit), day_first=visit.sender.country != "US")
        if wished is None:
            errors.append(Fault("day", _("Enter a day that is still to come, such as 18 December or Friday.")))
    if chosen is None or errors:
        return show(visit, ask, errors)
    until = datetime.combine(wished + timedelta(days=1), time(), zone).astimezone(UTC) if wished else None
    caller = Caller(visit.opened.shard, visit.opened.creditor_id, visit.opened.customer_id)
    ends = hear(caller, chosen, ask.words, until=until, now=visit.request.now)
    thanks = Thanks(title, _what_follows(visit, chosen, ends, zone), visit.token)
    return render(visit.request, "portal/thanks.html", {"sender": visit.sender, "page": thanks})


def _what_follows(visit: Visit, chosen: Answer, ends: datetime | None, zone: ZoneInfo) -> tuple[str, ...]:
    if ends is None:
        pause = _("We have stopped our reminders until a person has looked.")
    else:
        last = (ends - timedelta(seconds=1)).astimezone(zone).date()
        pause = _("We have stopped our reminders until %(day)s.") % {"day": day_in_words(last, today(visit))}
    person = (
        _("A trained person looks at it. You need not explain anything twice.")
        if chosen.hold == "hardship"
        else _("A person reads what you wrote and answers you.")
    )
    return (pause, person, _("It will never make your choices worse."))
