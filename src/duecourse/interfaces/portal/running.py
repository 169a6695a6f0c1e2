"""The plans of the customer behind a link, and whether they told us that things are hard."""

from __future__ import annotations

from django.db.models import Q

from duecourse.interfaces.portal.entrance import Visit
from duecourse.records.cases.models import Hold
from duecourse.records.reads.plans import Standing, of_customer

Running = Standing


def running(visit: Visit) -> tuple[Running, ...]:
    """Agreed by both sides and not ended, oldest first."""
    return tuple(p for p in of_customer(visit.opened.shard, visit.opened.customer_id) if p.state == "agreed")


def is_hard(visit: Visit) -> bool:
    """A hold for hardship runs: the menu is wider then, never narrower."""
    now = visit.request.now
    held = Hold.objects.filter(shard=visit.opened.shard, customer_id=visit.opened.customer_id, kind="hardship")
    return held.filter(Q(until_at__isnull=True) | Q(until_at__gt=now)).exists()
