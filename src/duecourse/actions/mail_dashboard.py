"""The dashboard by e-mail, to those on the staff who asked for it: once a day, week or month, never twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.mail import send_mail
from django.db import transaction

from duecourse.records.insight.foresight import DashboardMail

EVERY = {"day": "every day", "week": "on Mondays", "month": "on the first of the month"}


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out: no customer is named in it."""

    subject: str
    text: str
    html: str


def ask(user: Any, every: str, *, now: datetime) -> None:
    """Send it to this person so often; empty `every` ends it. Raises ValueError."""
    if not every:
        DashboardMail.objects.filter(user=user).delete()
        return
    if every not in EVERY:
        raise ValueError(f"{every} is not how often; write one of {tuple(EVERY)}")
    DashboardMail.objects.update_or_create(user=user, defaults={"every": every, "asked_at": now})


def asked(user: Any) -> str:
    """How often this person gets it, or empty."""
    return DashboardMail.objects.filter(user=user).values_list("every", flat=True).first() or ""


def is_due(every: str, last: date | None, today: date) -> bool:
    """Whether a mail of this rhythm is to go today; a day that was missed is made up for.

    >>> is_due("week", date(2026, 11, 16), date(2026, 11, 23)), is_due("week", date(2026, 11, 23), date(2026, 11, 25))
    (True, False)
    >>> is_due("month", None, date(2026, 11, 25)), is_due("day", date(2026, 11, 25), date(2026, 11, 25))
    (True, False)
    """
    if last is None:
        return True
    if every == "day":
        return last < today
    if every == "week":
        return today.isocalendar()[:2] != last.isocalendar()[:2]
    return (today.year, today.month) != (last.year, last.month)


def mail_dashboards(letter: Callable[[Any], Letter | None], *, today: date, sender: str) -> int:
    """Send what is due; returns how many went. `letter` writes one for a person, or None where there is nothing yet.

    The row is marked before the mail goes: a mail that a crash lost is not sent again, since the next one tells the same.
    """
    sent = 0
    for row in DashboardMail.objects.select_related("user").order_by("id"):
        if not row.user.is_active or not row.user.email or not is_due(row.every, row.last_sent_on, today):
            continue
        with transaction.atomic():
            mine = DashboardMail.objects.filter(id=row.id, last_sent_on=row.last_sent_on).update(last_sent_on=today)
        written = letter(row.user) if mine else None
        if written is not None:
            send_mail(written.subject, written.text, sender or None, [row.user.email], html_message=written.html)
            sent += 1
    return sent
