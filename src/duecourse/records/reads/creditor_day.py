"""Which day it is where a creditor is: books, due dates and clocks go by it, not by the server's."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from duecourse.records.parties.models import Creditor


def zone_of(creditor_id: int) -> ZoneInfo:
    """The creditor's time zone."""
    return ZoneInfo(Creditor.objects.values_list("timezone", flat=True).get(id=creditor_id))


def day_of(creditor_id: int, at: datetime) -> date:
    """The civil day of an instant where the creditor is."""
    return at.astimezone(zone_of(creditor_id)).date()
