"""What is on hold and until when: disputes with their clock, pauses with their end, in the customer's words."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from duecourse.interfaces.dates import day
from duecourse.interfaces.portal.entrance import Visit
from duecourse.interfaces.portal.owes import today
from duecourse.records.cases.models import Hold
from duecourse.records.reads.disputes import open_disputes


def looking_into(visit: Visit) -> tuple[str, ...]:
    """A sentence for each; the one with the nearest answer first."""
    shard, customer, now = visit.opened.shard, visit.opened.customer_id, visit.request.now
    reasons = {
        "amount": _("the amount"),
        "goods": _("the goods or the work"),
        "paid": _("your payment"),
        "twice": _("a double bill"),
        "not_mine": _("whose it is"),
        "no_invoice": _("the missing invoice"),
    }
    said = [
        _("We look into %(what)s. You have our answer by %(day)s, and no reminders until then.")
        % {"what": reasons.get(d.reason, _("what you told us")), "day": day(d.answer_by, today(visit))}
        for d in open_disputes(shard, customer)
    ]
    zone = ZoneInfo(visit.account.creditor.timezone)
    running = Hold.objects.filter(shard=shard, customer_id=customer, kind__in=("pause", "hardship")).filter(
        Q(until_at__isnull=True) | Q(until_at__gt=now)
    )
    for hold in running.order_by("from_at"):
        if hold.until_at is None:
            said.append(_("A trained person looks at what you told us. We send no reminders until then."))
        else:
            last = (hold.until_at - timedelta(seconds=1)).astimezone(zone).date()
            said.append(_("We send no reminders until %(day)s, as you asked.") % {"day": day(last, today(visit))})
    return tuple(said)
