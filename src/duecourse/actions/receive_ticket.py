"""A service desk tells of a ticket: open, nobody chases that customer; closed, we go on and say how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from duecourse.actions.receive_text import once
from duecourse.actions.tickets import NewTicket, close_ticket, open_ticket
from duecourse.connectors.channels.sms.text import Call
from duecourse.connectors.channels.zendesk import TicketNews, parse_ticket
from duecourse.records.inbound.models import Ticket
from duecourse.records.parties.models import Creditor, Customer
from duecourse.records.reads.writers import Writer, by_email
from duecourse.records.tenancy import scope


def receive_ticket(system: str, settings: Mapping[str, Any], call: Call, *, now: datetime) -> str:
    """opened, closed, older (a later call was first) or nobody (the customer is none of ours).

    `settings`: `secret`, and `creditor`, the name of the one whose desk it is. Raises HookRefused.
    """
    news = parse_ticket(call, str(settings["secret"]), now=now)
    with scope("all"):
        once(system, call, now)
        found = _whose(news, str(settings.get("creditor", "")))
        done = {_take(system, news, writer, now) for writer in found}
    return " and ".join(sorted(done)) or "nobody"


def _take(system: str, news: TicketNews, who: Writer, now: datetime) -> str:
    mine = Ticket.objects.filter(shard=who.shard, customer_id=who.customer_id, system=system, external_id=news.id)
    if news.is_open:
        kind = "complaint" if news.complaint else "ticket"
        new = NewTicket(
            who.shard,
            who.creditor_id,
            who.customer_id,
            system,
            news.id,
            kind,
            opened_by=system,
            heard_at=news.updated_at,
        )
        return "opened" if open_ticket(new, now=now).closed_at is None else "older"
    running = mine.filter(closed_at__isnull=True).first()
    if running is None:
        return "closed"
    closed = close_ticket(running, outcome=news.outcome, by=system, now=now, heard_at=news.updated_at)
    return "closed" if closed else "older"


def _whose(news: TicketNews, creditor: str) -> list[Writer]:
    """By our own number, else by address, in the creditor's book."""
    of = Creditor.objects.filter(name=creditor).values_list("id", flat=True).first() if creditor else None
    if news.who_ref:
        customers = Customer.objects.filter(ref=news.who_ref, **({"creditor_id": of} if of else {}))[:2]
        if len(customers) == 1:
            return [Writer(c.shard, c.id, c.creditor_id, "reference") for c in customers]
    return [w for w in by_email(news.who_email) if of is None or w.creditor_id == of] if news.who_email else []
