"""From an option of the menu to terms that can be agreed: every date and every amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from duecourse.core.money.offers.policy import Limit
from duecourse.core.money.plans.dates import Every
from duecourse.core.money.plans.split import by_amount, reduced_first
from duecourse.core.money.plans.terms import BadTerms, Terms, Way, schedule


def terms_of(
    option: Mapping[str, Any],
    debts: Sequence[tuple[int, int]],
    *,
    currency: str,
    payday: int = 0,
    inflows: Sequence[tuple[date, int]] = (),
) -> Terms:
    """Terms of a row of OPTIONS for these debts (id, open), whose sum the option was worked out from. Raises BadTerms.

    >>> option = {"way": "plan", "every": "month", "count": 3, "each": 334, "first": date(2026, 1, 31), "total": 1000,
    ...           "forgiven": 0, "reduced": 0, "reduced_each": 0, "review": None}
    >>> terms_of(option, [(7, 1000)], currency="GBP").instalments[-1]
    (datetime.date(2026, 3, 31), 332)
    """
    total = int(option["total"])
    if option["every"] == "inflows":
        instalments = _as_it_comes(total, inflows)
        every = Every.ONCE
    else:
        every = Every(option["every"])
        if option["reduced"]:
            amounts = reduced_first(total, option["reduced_each"], option["reduced"], option["each"])
        else:
            amounts = by_amount(total, option["each"])
        instalments = schedule(option["first"], every, amounts, payday=payday)
    return Terms(
        way=Way(option["way"]),
        currency=currency,
        debts=tuple(debts),
        instalments=instalments,
        every=every,
        forgiven_minor=int(option["forgiven"]),
        review_date=option["review"],
    )


def _as_it_comes(total: int, inflows: Sequence[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    days: dict[date, int] = {}
    for day, minor in inflows:
        days[day] = days.get(day, 0) + minor
    left, found = total, []
    for day, minor in sorted(days.items()):
        part = min(left, minor)
        if part > 0:
            found.append((day, part))
            left -= part
    if left:
        raise BadTerms("The money that is expected does not cover the sum.")
    return tuple(found)


def outside(terms: Terms, limit: Limit, *, due: date, today: date) -> str:
    """Which limit terms are outside of, in words for staff; empty where a role may agree to them on its own.

    >>> terms = Terms(Way.PLAN, "GBP", ((7, 1000),), ((date(2026, 5, 1), 500), (date(2028, 6, 1), 500)))
    >>> outside(terms, Limit(12, 30, 0, 100), due=date(2026, 4, 1), today=date(2026, 4, 20))
    'The last payment is more than 12 months ahead'
    """
    last = terms.instalments[-1][0]
    owed = sum(minor for _, minor in terms.debts)
    # A month more than the limit, as the first payment may wait for the first of a month; breathing space comes on top.
    grace = 62 if terms.way is not Way.REDUCTION else 155
    if terms.way is Way.EXTENSION:
        if last > max(due, today) + timedelta(days=limit.extend_days):
            return f"The new date is more than {limit.extend_days} days ahead"
    elif (last - today).days > limit.months * 365 // 12 + grace:
        return f"The last payment is more than {limit.months} months ahead"
    if terms.way is Way.SETTLEMENT and terms.forgiven_minor * 10_000 > owed * limit.settle_bp:
        return f"More is let go than {limit.settle_bp / 100:g} per cent"
    if len(terms.instalments) > 1 and min(minor for _, minor in terms.instalments[:-1]) < limit.least_instalment:
        return "A payment is smaller than the least that is worth its handling"
    return ""
