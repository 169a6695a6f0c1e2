"""The figures: what `duecourse kpi` and the dashboard show, from a tally. Null where there is no data, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from duecourse.core.measure.balance import BUCKETS
from duecourse.core.measure.ratio import ratio, rounded
from duecourse.core.measure.sales import countback
from duecourse.core.measure.saved import forecast_error, saved
from duecourse.core.measure.service import median_told
from duecourse.core.measure.tally import Tally
from duecourse.core.measure.windows import QUARTER


def figures(tally: Tally, as_of: date) -> dict[str, dict[str, Any]]:
    """Currency → figure → value: counts, minor units, days with two decimals, shares of 1 with four.

    A currency without an invoice by then has no figures.

    >>> figures({"GBP": {"debts": 1, "open_count": 1, "open_amount": 500, "sales": 1000}}, date(2026, 3, 31))["GBP"][
    ...     "dso_simple_90"]
    45.0
    """
    return {currency: _one(items, as_of) for currency, items in tally.items() if items.get("debts")}


def _one(items: Mapping[str, int], as_of: date) -> dict[str, Any]:
    def n(name: str) -> int:
        return items.get(name, 0)

    days = countback(n("open_amount"), series(items, "sales"), as_of)
    reached = n("open_before") + n("sales")
    people = named(items, "done")
    return {
        "open_count": n("open_count"),
        "open_amount": n("open_amount"),
        "overdue_count": n("overdue_count"),
        "overdue_amount": n("overdue_amount"),
        "ageing": {bucket: n(f"age.{bucket}") for bucket in BUCKETS},
        "dso_simple_90": ratio(n("open_amount"), n("sales"), times=QUARTER, places=2),
        "dso_countback": None if days is None else rounded(days, 2),
        "collection_rate_30": ratio(n("paid"), n("asked")),
        "cei_90": ratio(reached - n("open_amount"), reached - n("age.current"), times=100, places=2),
        "promises_kept": ratio(n("promises_kept"), n("promises")),
        "plans_kept": ratio(n("instalments_kept"), n("instalments")),
        "retention_after_collection": ratio(n("bought_again"), n("collected")),
        "first_contact_resolution": ratio(n("solved_first"), n("solved")),
        # No survey has rows in this book yet, so there is nothing to count.
        "csat": None,
        "false_chase_rate": ratio(n("contacts_false"), n("contacts_judged"), places=6),
        "contacts": n("contacts") if n("contacts_ever") else None,
        "contacts_saved": saved(items),
        "on_time_share": ratio(n("on_time"), n("fell_due")),
        "written_off": n("written_off"),
        "write_off_rate": ratio(n("written_off"), n("sales")),
        "cost_of_collecting": _whole(Fraction(n("cost_sixtieths"), 60)) if n("contacts_ever") or people else None,
        "cost_to_collect": ratio(n("cost_sixtieths"), 60 * n("received")),
        "customer_value_year": _whole(Fraction(n("bought"), n("buyers"))) if n("buyers") else None,
        "customers_lost": n("collected") - n("bought_again") if n("collected") else None,
        "replacing_cost": n("worth_lost") if n("collected") else None,
        "complaints": n("complaints") if n("contacts_ever") or n("complaints") else None,
        "complaint_rate": ratio(n("complaints"), n("contacts"), places=6),
        "tasks_per_person": ratio(sum(people.values()), len(people), places=2),
        "time_to_human": median_told({int(told): count for told, count in named(items, "wait").items()}),
        "forecast_error": forecast_error(series(items, "told"), series(items, "cash")),
    }


def _whole(value: Fraction) -> int:
    """To the minor unit, half up."""
    return int(rounded(value, 0))


def series(items: Mapping[str, int], name: str) -> dict[date, int]:
    """Period → amount of the items `name.YYYY-MM-DD`, oldest first.

    >>> series({"cash.2026-11-23": 5, "contacts": 1}, "cash")
    {datetime.date(2026, 11, 23): 5}
    """
    return dict(sorted((date.fromisoformat(k), v) for k, v in named(items, name).items()))


def named(items: Mapping[str, int], name: str) -> dict[str, int]:
    """What follows `name.` → amount.

    >>> named({"wait.30": 2, "contacts": 1}, "wait")
    {'30': 2}
    """
    return {k.partition(".")[2]: v for k, v in items.items() if k.startswith(f"{name}.")}
