"""Portfolio: how old the open amount is, where last month's went, and in which segments it lies."""

from __future__ import annotations

from duecourse.core.measure.balance import BUCKETS
from duecourse.core.measure.figures import named
from duecourse.core.measure.roll import GONE, rolled
from duecourse.interfaces.desk.expected import NAMES
from duecourse.interfaces.figure_words import bucket_name
from duecourse.interfaces.insight import charts
from duecourse.interfaces.insight.reports.report import Ask, Report, chart, percent
from duecourse.interfaces.insight.svg.across import across
from duecourse.interfaces.insight.view import Chart
from duecourse.records.insight.served import standing


def portfolio(ask: Ask) -> Report:
    found: dict[str, Chart] = {}
    if ask.course:
        found["ageing"] = charts.ageing(ask.course, ask.url)
        found["roll-rates"] = _roll(ask)
    found["segments"] = _standing(ask, "segment", "Segments", "By the rules that decide how a customer is treated.")
    found["likeness"] = _standing(
        ask, "likeness", "Customers who are alike", "Groups that the book itself shows; they decide nothing."
    )
    return Report(
        "Portfolio",
        "How old what is owed is, and which way it moves.",
        found,
        ask.rows_url("roll") if ask.course else "",
    )


def _roll(ask: Ask) -> Chart:
    assert ask.course is not None
    ways = rolled(named(dict(ask.course.items), "roll"))
    head = ("Thirty days ago", "Open then", "Gone since", *(bucket_name(b) for b in BUCKETS))
    shown, bare, worse = [], [], []
    for n, was in enumerate(BUCKETS):
        total = sum(ways[was].values())
        shown.append(
            (
                bucket_name(was),
                ask.money(total),
                percent(ways[was].get(GONE, 0), total),
                *(percent(ways[was].get(b, 0), total) for b in BUCKETS),
            )
        )
        bare.append((was, ask.plain(total), *(ask.plain(ways[was].get(to, 0)) for to in (GONE, *BUCKETS))))
        later = sum(ways[was].get(b, 0) for b in BUCKETS[n + 1 :])
        worse.append(100 * later / total if total else 0.0)
    overdue = sum(sum(ways[b].values()) for b in BUCKETS[1:])
    gone = sum(ways[b].get(GONE, 0) for b in BUCKETS[1:])
    say = "Nothing was overdue thirty days ago."
    if overdue:
        say = f"Of {ask.money(overdue)} overdue thirty days ago, {percent(gone, overdue)} has come in or was credited since."
    return chart(
        ask,
        "roll-rates",
        "Roll rates",
        "% of the amount that grew a bucket later in thirty days",
        say,
        f"Where the open {ask.currency} amount of thirty days ago is now. The CSV has amounts.",
        head,
        shown,
        plain_rows=bare,
        svg=across(
            [bucket_name(b) for b in BUCKETS[:-1]],
            worse[:-1],
            label="Share that grew later",
            word=lambda v: f"{v:.1f} %",
        ),
    )


def _standing(ask: Ask, column: str, title: str, say: str) -> Chart:
    rows = standing(column, ask.currency, ask.creditors, today=ask.today)
    name = (
        (lambda key: NAMES.get(key, key))
        if column == "segment"
        else (lambda key: "Not enough data" if key == "–" else f"Group {key}")
    )
    return chart(
        ask,
        "segments" if column == "segment" else "likeness",
        title,
        f"open amount, {ask.currency}",
        say if rows else "Nothing is open.",
        f"Open {ask.currency} invoices by {title.lower()}.",
        (title, "Customers", "Open", "Overdue", "Who they are"),
        [
            (name(key), customers, ask.money(open_), ask.money(late), why or None)
            for key, customers, open_, late, why in rows
        ],
        plain_rows=[
            (key, customers, ask.plain(open_), ask.plain(late), why) for key, customers, open_, late, why in rows
        ],
        svg=across(
            [name(r[0]) for r in rows],
            [float(r[2]) for r in rows],
            label=f"Open amount by {title.lower()}",
            word=lambda v: charts.brief(round(v), ask.currency),
        )
        if rows
        else charts.NOTHING,
    )
