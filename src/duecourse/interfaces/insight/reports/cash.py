"""Cash: what came in by week, what was told as each week began, what is expected of the weeks to come and how sure that is."""

from __future__ import annotations

from datetime import date, timedelta

from duecourse.core.measure.cash import week_of
from duecourse.core.measure.figures import series
from duecourse.core.measure.saved import forecast_error
from duecourse.interfaces.dates import short
from duecourse.interfaces.insight.charts import brief
from duecourse.interfaces.insight.reports.report import NOTHING, Ask, Report, chart
from duecourse.interfaces.insight.svg.forecast import forecast
from duecourse.interfaces.insight.view import Chart
from duecourse.records.insight.weeks_told import PAST, Week, weeks_told


def cash(ask: Ask) -> Report:
    past, ahead = weeks_told(ask.currency, ask.creditors, today=ask.today)
    return Report(
        "Cash, and what we expect",
        "What open invoices should bring, week by week. Whatever is invoiced after today comes on top.",
        {"cash-forecast": cash_chart(ask, past, ahead)},
    )


def cash_chart(ask: Ask, past: list[Week], ahead: list[Week]) -> Chart:
    """Thirteen weeks back and what is told of those to come."""
    today = ask.today
    monday = week_of(today)
    came = series(ask.course.items, "cash") if ask.course else {}
    weeks = [monday - timedelta(weeks=n) for n in range(PAST, 0, -1)]
    told = {w.week: w for w in past}
    names = [*(short(w, language="en") for w in weeks), *(short(w.week, language="en") for w in ahead)]
    inside = [w for w in past if w.week < monday and w.low <= came.get(w.week, 0) <= w.high]
    done = [w for w in past if w.week < monday]
    off = forecast_error({w.week: w.expected for w in done}, came)
    rows: list[tuple[date, int | None, Week | None]] = [
        *((w, came.get(w, 0), told.get(w)) for w in weeks),
        *((w.week, None, w) for w in ahead),
    ]
    none: list[float | None] = [None] * len(weeks)
    return chart(
        ask,
        "cash-forecast",
        "Cash, and what we expect",
        f"weeks, {ask.currency}",
        _say(ask, ahead, len(inside), len(done), off),
        f"Cash by week in {ask.currency}: received, told as the week began, and expected with a band for eight in ten weeks.",
        ("Week of", "Received", "Told or expected", "Low", "High"),
        [(short(w, today, "en"), None if got is None else ask.money(got), *(_told(ask, t))) for w, got, t in rows],
        plain_rows=[
            (
                w.isoformat(),
                None if got is None else ask.plain(got),
                *((None,) * 3 if t is None else map(ask.plain, (t.expected, t.low, t.high))),
            )
            for w, got, t in rows
        ],
        svg=forecast(
            names,
            [*(float(came.get(w, 0)) for w in weeks), *([None] * len(ahead))],
            [*(float(told[w].expected) if w in told else None for w in weeks), *(float(w.expected) for w in ahead)],
            [*none, *(float(w.low) for w in ahead)],
            [*none, *(float(w.high) for w in ahead)],
            label=f"Cash received over {len(weeks)} weeks and expected over {len(ahead)}",
            word=lambda v: brief(round(v), ask.currency),
        )
        if any(came.values()) or ahead
        else NOTHING,
    )


def _told(ask: Ask, week: Week | None) -> tuple[str | None, ...]:
    return (None,) * 3 if week is None else tuple(ask.money(v) for v in (week.expected, week.low, week.high))


def _say(ask: Ask, ahead: list[Week], inside: int, done: int, off: float | None) -> str:
    if not ahead:
        return "Not enough data to expect anything yet. The day tells it once 30 invoices were settled."
    first = ahead[0]
    say = (
        f"The next seven days: {ask.money(first.expected)}, eight times in ten between {ask.money(first.low)} and "
        f"{ask.money(first.high)}."
    )
    if done:
        say += f" Of the last {done} weeks, {inside} fell inside the band that was told as they began"
        say += f"; in all we were off by {100 * off:.0f} % of what came." if off is not None else "."
    return say
