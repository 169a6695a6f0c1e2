"""The team: who did what, what waits, how long customers wait for a person, and what the machine does alone."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from duecourse.core.measure.figures import named
from duecourse.interfaces.dates import span, stamp
from duecourse.interfaces.figure_words import worded
from duecourse.interfaces.insight.reports.report import NOTHING, Ask, Report, chart
from duecourse.interfaces.insight.svg.across import across
from duecourse.interfaces.insight.svg.bars import bars
from duecourse.interfaces.insight.view import Chart
from duecourse.records.insight.work_done import hours, people, waiting

_STEPS = (15, 30, 60, 120, 240, 480, 1440)


def team(ask: Ask) -> Report:
    return Report(
        "Team",
        "Work done and work that waits. Nobody is ranked by cash.",
        {"people": _people(ask), "waiting": _waiting(ask), "time-to-human": _waits(ask), "automatic": _automatic(ask)},
        ask.rows_url("done") if ask.course else "",
    )


def _people(ask: Ask) -> Chart:
    rows = people(ask.creditors, now=ask.now)
    return chart(
        ask,
        "people",
        "Tasks a person",
        "closed in 90 days",
        f"{len(rows)} people closed {sum(r.closed for r in rows):,} tasks in the last 90 days."
        if rows
        else "No task was closed yet.",
        "Tasks that each person closed, and the middle time from opening to closing.",
        ("Person", "Closed", "Middle time", "Kinds"),
        [(r.name, r.closed, span(timedelta(minutes=r.minutes)), r.kinds) for r in rows],
        plain_rows=[(r.name, r.closed, round(r.minutes), r.kinds) for r in rows],
        svg=across(
            [r.name for r in rows], [r.closed for r in rows], label="Tasks closed by person", word=lambda v: f"{v:,.0f}"
        )
        if rows
        else NOTHING,
    )


def _waiting(ask: Ask) -> Chart:
    rows = waiting(ask.creditors, now=ask.now)
    kind = lambda key: key.replace("_", " ").replace(":", ": ").capitalize()  # noqa: E731
    return chart(
        ask,
        "waiting",
        "What waits",
        "open tasks",
        f"{sum(r.open for r in rows):,} tasks are open." if rows else "Nothing waits for a person.",
        "Open tasks by kind.",
        ("Kind", "Open", "Oldest since"),
        [(kind(r.kind), r.open, stamp(r.oldest, ask.now, "UTC")) for r in rows],
        plain_rows=[(r.kind, r.open, r.oldest.isoformat(timespec="seconds")) for r in rows],
        svg=across(
            [kind(r.kind) for r in rows], [r.open for r in rows], label="Open tasks by kind", word=lambda v: f"{v:,.0f}"
        )
        if rows
        else NOTHING,
    )


def _waits(ask: Ask) -> Chart:
    told = {int(k): v for k, v in named(dict(ask.course.items), "wait").items()} if ask.course else {}
    middle = worded(ask.course.now["time_to_human"], "minutes", "") if ask.course else "–"
    names = [*(f"to {span(timedelta(minutes=m))}" for m in _STEPS), "longer"]
    edges = [-1, *(m - 1 for m in _STEPS), 10**9]
    counts = [sum(n for t, n in told.items() if low < t <= high) for low, high in pairwise(edges)]
    total = sum(counts)
    return chart(
        ask,
        "time-to-human",
        "Time to a human",
        "last 90 days",
        f"Half of {total:,} waits ended within {middle}." if total else "Nobody has waited for a person yet.",
        "From a customer's word to the person who took it up.",
        ("Wait", "Words"),
        list(zip(names, counts, strict=True)),
        svg=bars(names, counts, label="Waits by length", word=lambda v: f"{v:,.0f}") if total else NOTHING,
    )


def _automatic(ask: Ask) -> Chart:
    rows = hours(ask.creditors, now=ask.now)
    machine, by_hand = sum(r[1] for r in rows), sum(r[2] for r in rows)
    return chart(
        ask,
        "automatic",
        "Routine work",
        "contacts of 90 days",
        f"{machine:,} contacts went out by themselves, {by_hand:,} were made by people. At six minutes each that is "
        f"{machine * 6 // 60:,} hours."
        if machine or by_hand
        else "No contact was made yet.",
        "Contacts by channel and by whom.",
        ("Channel", "By the machine", "By people"),
        rows,
    )
