"""Short ways to terms and agreements, for tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from duecourse.actions.arrange import Speaker, agree_both, propose
from duecourse.core.money.plans.dates import Every
from duecourse.core.money.plans.split import split
from duecourse.core.money.plans.terms import Terms, Way, schedule
from duecourse.records.models import Arrangement, Debt
from duecourse.records.tenancy import scope
from tests.making import NOW, TODAY, Made

CUSTOMER = Speaker("the customer", "portal")
PRIYA = Speaker("Priya", "phone", "collector", 1)
SAM = Speaker("Sam", "phone", "lead", 2)


def who(made: Made) -> tuple[int, int, int]:
    return made.shard, made.creditor_id, made.id


def opened(made: Made) -> tuple[tuple[int, int], ...]:
    with scope("all"):
        rows = Debt.objects.filter(shard=made.shard, customer_id=made.id, open_minor__gt=0).order_by("id")
        return tuple(rows.values_list("id", "open_minor"))


def plan_terms(
    made: Made, parts: int = 3, *, first: date = TODAY + timedelta(days=7), every: Every = Every.MONTH, **more
) -> Terms:
    """Instalments over everything that is open."""
    debts = opened(made)
    amounts = split(sum(minor for _, minor in debts), parts)
    way = Way.CONSOLIDATION if len(debts) > 1 else Way.PLAN
    return Terms(way, "GBP", debts, schedule(first, every, amounts), every, **more)


def agreed(made: Made, terms: Terms | None = None, *, by: Speaker = PRIYA, now: datetime = NOW, **more) -> Arrangement:
    with scope("all"):
        row = propose(who(made), terms or plan_terms(made), by=by, now=now, **more)
        assert agree_both(row, by=CUSTOMER, creditor=by, now=now)
    return row
