"""A question or complaint that somebody else answers: open, nobody chases; closed, we go on politely and say how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from duecourse.actions.hold import NewHold, lift, place
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.core.language.answering import sealed
from duecourse.records.inbound.models import Ticket
from duecourse.records.locking import lock_customers

KINDS = {"ticket": "Service ticket", "complaint": "Complaint"}
AFTER = timedelta(days=3)
"""After the end nobody chases for some days: the customer has our answer first."""
MOST_WORDS = 200
"""Characters of an outcome that the next message may carry."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """`system` and `external_id` name it for good; `heard_at` is when the other system last changed it."""

    shard: int
    creditor_id: int
    customer_id: int
    system: str
    external_id: str
    kind: str
    opened_by: str
    heard_at: datetime | None = None


def open_ticket(new: NewTicket, *, now: datetime, hold_id: int | None = None) -> Ticket:
    """Under the customer's lock; one that is open already stays as it is. Raises ValueError for an unknown kind."""
    if new.kind not in KINDS:
        raise ValueError(f"{new.kind} is not a kind of ticket")
    lock_customers([(new.shard, new.customer_id)])
    mine = Ticket.objects.filter(
        shard=new.shard, customer_id=new.customer_id, system=new.system, external_id=new.external_id
    ).order_by("-id")
    last = mine.first()
    heard = new.heard_at or now
    if last is not None and (last.closed_at is None or last.heard_at >= heard):
        return last
    if hold_id is None:
        reason = f"{KINDS[new.kind]} is open ({new.system})"
        told = NewHold(new.shard, new.creditor_id, new.customer_id, new.kind, new.opened_by, reason)
        hold_id = place(told, now=now).id
    return Ticket.objects.create(
        shard=new.shard,
        creditor_id=new.creditor_id,
        customer_id=new.customer_id,
        system=new.system,
        external_id=new.external_id,
        kind=new.kind,
        opened_by=new.opened_by,
        opened_at=now,
        hold_id=hold_id,
        heard_at=heard,
    )


def close_ticket(ticket: Ticket, *, outcome: str, by: str, now: datetime, heard_at: datetime | None = None) -> bool:
    """It is answered. `outcome` is said in our next message, in these words; False where it was closed already.

    Words that speak of health or hardship are not passed on: the message then says only that we have looked at it. The
    hold ends when no other ticket of its kind is open, and a short pause follows it.
    """
    lock_customers([(ticket.shard, ticket.customer_id)])
    heard = heard_at or now
    said = " ".join(outcome.split())[:MOST_WORDS]
    changed = Ticket.objects.filter(
        shard=ticket.shard, id=ticket.id, closed_at__isnull=True, heard_at__lte=heard
    ).update(closed_at=now, closed_by=by, outcome=said if fit_to_say(said) else "", heard_at=heard)
    if not changed:
        return False
    still = Ticket.objects.filter(
        shard=ticket.shard, customer_id=ticket.customer_id, kind=ticket.kind, closed_at__isnull=True
    )
    if not still.exists() and ticket.hold_id is not None:
        lift(ticket.shard, ticket.hold_id, by=by, why=f"{KINDS[ticket.kind]} is closed", now=now)
    of = (ticket.shard, ticket.creditor_id, ticket.customer_id)
    pause = NewHold(*of, "pause", by, f"{KINDS[ticket.kind]} was answered", until_at=now + AFTER)
    place(pause, now=now)
    if said and not fit_to_say(said):
        title = "The outcome of a ticket cannot be told as it is: tell them in other words"
        open_tasks([NewTask(*of, "reply", title, f"outcome:{ticket.id}")], now=now)
    return True


def told(messages: Sequence[tuple[int, int, int]]) -> None:
    """(shard, outbox id, ticket id): the outcome stands in this message, and is not said again."""
    for shard, outbox_id, ticket_id in messages:
        Ticket.objects.filter(shard=shard, id=ticket_id, told_outbox_id__isnull=True).update(told_outbox_id=outbox_id)


def fit_to_say(words: str) -> bool:
    """Whether an outcome may stand in a message: nothing of health or hardship, and no fault of wording."""
    from duecourse.actions.listener import hear_words
    from duecourse.core.language.plain import check

    if not words:
        return True
    heard = hear_words(words, "call_note")
    return (
        heard is not None
        and not sealed(heard.labels, urgent=heard.urgent)
        and check(words, channel="email", demand=False).ok
    )
