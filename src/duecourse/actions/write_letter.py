"""From an outbox row and fresh facts to the message that a customer reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from duecourse.connectors.channels.letter_text import Message, Rendered, language_of, message, say, template
from duecourse.connectors.channels.words import amount, amounts, day, locale
from duecourse.connectors.channels.words_file import read
from duecourse.core.language.free_help import free_help
from duecourse.core.law.statements import line

ANSWER_DAYS = 7
"""A customer is asked to choose within a week; a weekend moves the date on, never back."""


def write(letter: Mapping[str, Any], debts: Sequence[Mapping[str, Any]], *, link: str, now: datetime) -> Rendered:
    """The mail. `letter` is a row of `reads.mailing.letters`; `debts` are as they are now; `link` is the address
    of the customer's page. Raises BadTemplate."""
    return message_for(letter).render(data_for(letter, debts, link=link, now=now))


def message_for(letter: Mapping[str, Any]) -> Message:
    """The creditor's published words for this row, else the library's, in the customer's language. Raises BadTemplate."""
    kind = template(letter["template"])
    name = kind.name_of({"tone": letter["step"], "notice": letter["purpose"]})
    language = language_of(letter["language"])
    own = letter.get("words", {}).get((letter.get("creditor"), name, language))
    return _own(name, language, own.source) if own else message(name, language)


@lru_cache(maxsize=1024)
def _own(name: str, language: str, source: str) -> Message:
    return Message(read(name, language, source))


def data_for(
    letter: Mapping[str, Any], debts: Sequence[Mapping[str, Any]], *, link: str, now: datetime, replies: bool = True
) -> dict[str, Any]:
    """Merge fields by name; amounts and dates in words of the language written in. `replies`: an answer to it reaches us."""
    spoken = language_of(letter["language"])
    country = letter["country"] or letter["creditor_country"]
    where = locale(spoken, country)
    today = now.astimezone(ZoneInfo(letter["creditor_timezone"])).date()
    receipt = letter["purpose"] == "receipt"
    # A receipt tells what each debt got, and what the customer still owes in all; a reminder tells what is open.
    parts = letter["context"].get("against", {})
    totals: dict[str, int] = defaultdict(int, letter["still_open"])
    if not receipt:
        for debt in debts:
            totals[debt["currency"]] += debt["open_minor"]
    person = letter["customer_kind"] == "person"
    advice = free_help(country, person=person)
    wanted = letter["language"].replace("_", "-").split("-")[0].lower()
    data = {
        "creditor": {
            "name": letter["trading_as"] or letter["creditor_name"],
            "contact": letter["signed_by"] or "Accounts",
            "phone": letter["phone"],
            "hours": letter["phone_hours"],
            "address": letter["creditor_address"],
            "place": "",
        },
        "customer": {"name": letter["name"], "salutation": letter["salutation"] or letter["name"]},
        "debts": [
            {
                "ref": debt["ref"],
                "description": debt["description"],
                "amount": amount(parts[str(debt["debt"])] if receipt else debt["open_minor"], debt["currency"], where),
                "left": amount(debt["open_minor"], debt["currency"], where) if debt["open_minor"] else "",
                "due_date": day(debt["due_date"], where),
                "days_late": (today - debt["due_date"]).days,
            }
            for debt in debts
        ],
        "total": amounts(((c, t) for c, t in totals.items() if t), where),
        "due_by": day(answer_by(today, [d["due_date"] for d in debts], letter["step"]), where, weekday=True),
        "tone": letter["step"],
        "lang": str(where).replace("_", "-"),
        "person": person,
        # A debt collector says so in every message: 15 U.S.C. 1692e(11), 12 CFR 1006.18(e).
        "disclosure": line("disclosure", spoken) if person and country == "US" and letter.get("agency") else "",
        "answered": _answered(letter.get("answered"), spoken, where),
        "language_help": say(spoken)["language_help"] if wanted != spoken else "",
        "free_help": {"name": advice.name, "line": advice.line, "url": advice.url},
        "pay_url": link,
        **{f"{page}_url": f"{link}{page}/" for page in ("help", "wrong", "why", "stop")},
    }
    if receipt:
        paid = letter["context"]
        data |= {
            "paid": amount(paid["paid_minor"], paid["currency"], where),
            "paid_date": day(date.fromisoformat(paid["paid_date"]), where),
            "reference": paid.get("reference", ""),
        }
    elif letter["purpose"] != "reminder":
        data |= _notice(letter, where)
    data["replies"] = replies
    return data


def _answered(ticket: Mapping[str, Any] | None, spoken: str, where: Any) -> str:
    """What became of a question or complaint that paused us: said once, in the message that goes on after it."""
    if not ticket:
        return ""
    when = day(datetime.fromisoformat(ticket["opened_at"]).date(), where)
    return say(spoken)["answered" if ticket["outcome"] else "answered_bare"].format(day=when, outcome=ticket["outcome"])


def _notice(letter: Mapping[str, Any], where: Any) -> dict[str, Any]:
    """What only a notice knows: the sum and day it is about, our answer, what was taken off."""
    said, currency = letter["context"], letter["context"].get("currency", "")
    money = {"sum": "amount_minor", "total_sum": "total_minor", "credit": "credit_minor"}
    days = {"due_date": "due_date", "last_date": "last_date"}
    return {
        "notice": letter["purpose"],
        "words": said.get("words", ""),
        "count": str(said.get("count", "")),
        **{name: amount(said[key], currency, where) if said.get(key) else "" for name, key in money.items()},
        **{name: day(date.fromisoformat(said[key]), where) if said.get(key) else "" for name, key in days.items()},
    }


def answer_by(today: date, due_dates: Sequence[date], step: str) -> date:
    """The date we ask for a choice by: the due date where it is ahead, else a week on, never on a weekend.

    >>> answer_by(date(2026, 11, 24), [date(2026, 11, 6)], "day14"), answer_by(date(2026, 11, 24), [date(2026, 11, 29)], "pre_due")
    (datetime.date(2026, 12, 1), datetime.date(2026, 11, 29))
    """
    due = max(due_dates, default=today)
    if step in ("pre_due", "due") and due >= today:
        return due
    by = today + timedelta(days=ANSWER_DAYS)
    return by + timedelta(days={5: 2, 6: 1}.get(by.weekday(), 0))
