"""Fairness: whether some customers are forecast or treated worse than others, by groups that no forecast reads."""

from __future__ import annotations

import polars as pl
from django.core.cache import cache

from duecourse.actions.check_fairness import check_fairness
from duecourse.core.predict.fairness import ENOUGH, gaps
from duecourse.interfaces.insight.reports.report import Ask, Report, chart, percent
from duecourse.interfaces.insight.view import Chart
from duecourse.records.insight.served import GROUPS, treatment

KEPT_SECONDS = 1800


def fairness(ask: Ask) -> Report:
    found = _checked(ask)
    charts: dict[str, Chart] = {}
    for column, title in GROUPS.items():
        charts[f"forecast-{column}"] = _forecast(ask, column, title, found.get(column))
        charts[f"treatment-{column}"] = _treatment(ask, column, title)
    return Report(
        "Fairness",
        f"Forecasts read none of these groups. Groups with fewer than {ENOUGH} cases are counted and not judged.",
        charts,
    )


def _checked(ask: Ask) -> dict[str, pl.DataFrame]:
    key = f"fairness:{ask.today}:{'all' if ask.creditors is None else '-'.join(map(str, ask.creditors))}"
    found: dict[str, pl.DataFrame] | None = cache.get(key)
    if found is None:
        found = check_fairness(ask.creditors, today=ask.today)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _forecast(ask: Ask, column: str, title: str, table: pl.DataFrame | None) -> Chart:
    say = "Not enough data to judge forecasts yet."
    rows = [] if table is None else table.to_dicts()
    if table is not None:
        widest = next((g for g in gaps(table) if g.figure == "wrongly_called_late"), None)
        say = "Too few groups have enough cases to compare."
        if widest is not None:
            say = (
                f"Customers who then paid on time were called late {100 * widest.size:.1f} points more often in "
                f"“{widest.highest}” than in “{widest.lowest}”."
            )

    def number(value: float | None, times: int = 1) -> str | None:
        return None if value is None else f"{value * times:.1f}"

    return chart(
        ask,
        f"forecast-{column}",
        f"Forecasts: {title.lower()}",
        "invoices due 45 to 120 days ago",
        say,
        f"How forecasts made then turned out, by {title.lower()}.",
        (title, "Invoices", "Mean error, days", "Late, %", "Called late wrongly, %", "Inside the band, %"),
        [
            (
                r["group"],
                r["n"],
                number(r["mae"]),
                number(r["share_late"], 100),
                number(r["wrongly_called_late"], 100),
                number(r["coverage"], 100),
            )
            for r in rows
        ],
    )


def _treatment(ask: Ask, column: str, title: str) -> Chart:
    rows = treatment(column, ask.creditors, now=ask.now)
    return chart(
        ask,
        f"treatment-{column}",
        f"Treatment: {title.lower()}",
        "customers with something overdue",
        "Shares of those who were contacted, are on hold, or have an arrangement." if rows else "Nothing is overdue.",
        f"How customers with something overdue were treated in the last 90 days, by {title.lower()}.",
        (title, "Customers", "Contacted", "On hold", "With an arrangement"),
        [(group, n, *(percent(x, n) for x in found)) for group, n, *found in rows],
        plain_rows=[tuple(row) for row in rows],
    )
