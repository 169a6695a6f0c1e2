"""The figures beyond money and contacts, counted again from their written definitions and without Polars."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.core.measure.share import share

if TYPE_CHECKING:
    from tests.core.measure.recount import Recount

DAY = timedelta(days=1)


def plans(r: Recount) -> tuple[int, int]:
    kept = judged = 0
    for i in r.book.instalments:
        end = i["due"] + DAY
        if i["currency"] != r.currency or not r.as_of - timedelta(days=90) < end <= r.as_of:
            continue
        if i["ended"] is not None and i["due"] >= i["ended"]:
            continue
        came = 0
        for u in r.book.under:
            if u["arrangement"] != i["arrangement"]:
                continue
            for m in r.moves(u["debt"]):
                others = r.accounts[m["entry"]]
                if (
                    others & {"cash", "unmatched"}
                    and not others & {"sales", "writeoff"}
                    and u["since"] <= m["booked"] <= end
                ):
                    came -= m["amount"]
        judged, kept = judged + 1, kept + (came >= i["owed"])
    return kept, judged


def saved(r: Recount) -> int | None:
    if r.currency != "GBP":
        return None
    got: dict[str, list[int]] = {"now": [], "new": []}
    for arm in r.book.arms:
        if arm["since"] > r.as_of or (arm["until"] and arm["until"] <= r.as_of - timedelta(days=90)):
            continue
        until = arm["until"] or r.as_of
        days = {c["contact"]: c["day"] for c in r.book.contacts if c["customer"] == arm["customer"] and c["chase"]}
        mine = [d for d in days.values() if _recent(r, d) and arm["since"] <= d <= until]
        got[arm["arm"]].append(len(mine))
    if not got["now"] or not got["new"]:
        return None
    return round(Fraction(sum(got["new"]) * len(got["now"]), len(got["new"])) - sum(got["now"]))


def figures(r: Recount, *, sales: int, retained: tuple[int, int], contacts: int, ever: int) -> dict[str, Any]:
    again, collected = retained
    on_time = [got >= want for want, got in r.asked(0)]
    off = sum(
        -m["amount"] for i in r.invoices for m in r.moves(i["debt"])
        if "writeoff" in r.accounts[m["entry"]] and "sales" not in r.accounts[m["entry"]] and _recent(r, m["booked"])
    )  # fmt: skip
    cash = {}
    for leg in r.book.legs:
        if leg["account"] == "cash" and leg["currency"] == r.currency:
            cash.setdefault(leg["booked"], []).append(leg["amount"])
    received = sum(sum(v) for day, v in cash.items() if _recent(r, day))
    done = [
        t for t in r.book.tasks if t["currency"] == r.currency and _recent(r, t["closed"]) and t["by"] != "duecourse"
    ]
    asking = [c for c in r.book.contacts if c["currency"] == r.currency and c["chase"] and _recent(r, c["day"])]
    cost = sum(60 * c["cost"] for c in asking) + sum(t["sixtieths"] for t in done)
    bought: dict[int, int] = {}
    for leg in r.book.legs:
        if leg["account"] == "sales" and leg["currency"] == r.currency and 0 <= (r.as_of - leg["booked"]).days < 365:
            bought[leg["customer"]] = bought.get(leg["customer"], 0) - leg["amount"]
    buyers = [v for v in bought.values() if v > 0]
    bad = sum(c["currency"] == r.currency and _recent(r, c["day"]) for c in r.book.complaints)
    waits = sorted(_told(w["minutes"]) for w in r.book.waits if w["currency"] == r.currency and _recent(r, w["day"]))
    weeks = [t for t in r.book.told if t["currency"] == r.currency and _recent(r, t["week"] + timedelta(days=6))]
    came = [sum(sum(v) for day, v in cash.items() if 0 <= (day - t["week"]).days < 7) for t in weeks]
    return {
        "on_time_share": share(sum(on_time), len(on_time)),
        "written_off": off,
        "write_off_rate": share(off, sales),
        "cost_of_collecting": _half_up(Fraction(cost, 60)) if ever or done else None,
        "cost_to_collect": share(cost, 60 * received),
        "customer_value_year": _half_up(Fraction(sum(buyers), len(buyers))) if buyers else None,
        "customers_lost": collected - again if collected else None,
        "replacing_cost": sum(r.invoices_worth[c] for c in r.lost) if collected else None,
        "complaints": bad if ever or bad else None,
        "complaint_rate": share(bad, contacts, 1, 6),
        "tasks_per_person": share(len(done), len({t["by"] for t in done}), 1, 2),
        "time_to_human": waits[(len(waits) - 1) // 2] if waits else None,
        "forecast_error": share(sum(abs(t["expected"] - c) for t, c in zip(weeks, came, strict=True)), sum(came)),
    }


def _recent(r: Recount, day: Any) -> bool:
    return 0 <= (r.as_of - day).days < 90


def _told(minutes: int) -> int:
    return minutes if minutes < 120 else minutes - minutes % 15 if minutes < 1440 else minutes - minutes % 60


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))
