"""What is owed through a link, and by when we ask for a choice: shared by the pages that show an amount."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from duecourse.actions.write_letter import answer_by
from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.entrance import Visit
from duecourse.records.reads.portal import letter, link_row


def owed(visit: Visit) -> tuple[Money, ...]:
    """What is left to pay, largest first; currencies are never added."""
    return tuple(Money(minor, currency) for currency, minor in visit.account.owed().items())


def today(visit: Visit) -> date:
    """The civil date where the creditor is."""
    return visit.request.now.astimezone(ZoneInfo(visit.account.creditor.timezone)).date()


def due_by(visit: Visit) -> date | None:
    """The date that the message named; None once it has passed, so that no page shows a false deadline."""
    link = link_row(visit.opened.shard, visit.opened.link_id)
    sent = letter(visit.opened.shard, link.outbox_id) if link.outbox_id else None
    wrote = link.created_at.astimezone(ZoneInfo(visit.account.creditor.timezone)).date()
    by = answer_by(wrote, [d.due_date for d in visit.account.debts], sent.step if sent else "")
    return by if by >= today(visit) else None


def settled(visit: Visit) -> HttpResponse:
    """The page where nothing is left to pay: settled, or covered by money that is not matched yet."""
    shown = {"sender": visit.sender, "covered": bool(visit.account.debts)}
    return render(visit.request, "portal/settled.html", shown)
