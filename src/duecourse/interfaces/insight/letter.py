"""The dashboard as a letter: the figures that matter, where they moved, and a link. No customer is named in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html

from duecourse.actions.mail_dashboard import Letter
from duecourse.core.measure.definitions import BY_KEY
from duecourse.interfaces.dates import day
from duecourse.interfaces.figure_words import worded
from duecourse.interfaces.insight.course import Course, courses
from duecourse.interfaces.insight.findings import change
from duecourse.records.insight.tallies import counted_days
from duecourse.records.reads.membership import creditors_of
from duecourse.records.tenancy import scope

KEYS = (
    "open_amount", "overdue_amount", "collection_rate_30", "dso_countback", "promises_kept", "plans_kept", "time_to_human",
    "complaints", "false_chase_rate", "contacts", "contacts_saved", "forecast_error",
)  # fmt: skip


def letter(user: Any, *, now: datetime, base_url: str) -> Letter | None:
    """For what this person may see; None before the first count."""
    mine = creditors_of(user)
    with scope(mine):
        found = courses(counted_days(None if mine == "all" else list(mine)))
    if not found:
        return None
    books = [(c, [_line(course, key) for key in KEYS]) for c, course in found.items()]
    when = day(next(iter(found.values())).days[-1], language="en")
    url = f"{base_url}/desk/insight/"
    text = "\n\n".join(
        f"{currency}\n" + "\n".join(f"{name}: {value}{f' ({moved})' if moved else ''}" for name, value, moved in lines)
        for currency, lines in books
    )
    end = f"All of it, with the rows behind each figure: {url}\nYou asked for this mail. End it on the same page.\n"
    text = f"How we are doing, {when}\n\n{text}\n\n{end}"
    html = render_to_string("insight/letter.html", {"books": books, "when": when, "url": url})
    return Letter(f"How we are doing, {when}", text, format_html("{}", html))


def _line(course: Course, key: str) -> tuple[str, str, str]:
    definition = BY_KEY[key]
    now, before = course.now[key], course.then[key] if course.then else None
    times, unit = (100, "points") if definition.unit == "share" else (1, "")
    moved = (
        ""
        if definition.unit == "money" or now is None or before is None
        else change(now, before, course.then_day, times=times, unit=unit)
    )
    return definition.name, worded(now, definition.unit, course.currency), moved
