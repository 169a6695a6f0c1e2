"""What follows at once from a message, for one customer: holds, tasks with a clock, a stop, a wrong address, a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from duecourse.actions.consent import Said, withdraw
from duecourse.actions.end_wrong_point import end_wrong_point
from duecourse.actions.hold import NewHold, place
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.tickets import NewTicket, open_ticket
from duecourse.core.language.answering import Effect
from duecourse.core.language.listen.own_words import own_words
from duecourse.records.cases.models import Task
from duecourse.records.inbound.models import Inbound
from duecourse.records.journal.models import Outbox
from duecourse.records.parties.models import ContactPoint
from duecourse.records.reads.writers import Writer

MOST_OPEN = 5
"""Open tasks of one kind for a customer; who writes a hundred times waits for one answer, not for a hundred."""
REVIEW = timedelta(days=2)
_POINT_KIND = {"email": "email", "sms": "phone"}


def follow(inbound: Inbound, writer: Writer, found: Sequence[Effect], *, excerpt: str, by: str, now: datetime) -> None:
    """Under the customer's lock. `excerpt` is empty where the words are sealed: nothing of them goes anywhere else."""
    of = (writer.shard, writer.creditor_id, writer.customer_id)
    point = point_of(inbound, writer)
    for effect in found:
        hold = place(
            NewHold(
                *of,
                kind=effect.hold,
                placed_by=by,
                reason=effect.title,
                until_at=None if effect.days is None else now + timedelta(days=effect.days),
                review_date=(now + REVIEW).date(),
            ),
            now=now,
        )
        if effect.task == "stop":
            _stop(inbound, of, point, by, now)
        elif effect.task == "wrong_person" and point is not None:
            end_wrong_point(point, said_by="whoever answered", source=_source(inbound), by="rules", now=now)
        elif effect.task == "complaint":
            told = NewTicket(*of, system="desk", external_id=f"inbound:{inbound.id}", kind="complaint", opened_by=by)
            open_ticket(told, now=now, hold_id=hold.id)
        _task(inbound, of, effect, excerpt, now)


def point_of(inbound: Inbound, writer: Writer) -> ContactPoint | None:
    """The customer's address that was written from; where it is not one of theirs, the one that we had written to."""
    kind = _POINT_KIND.get(inbound.channel)
    points = ContactPoint.objects.filter(shard=writer.shard, customer_id=writer.customer_id, ended_at__isnull=True)
    if kind == "email" and (found := points.filter(kind=kind, value__iexact=inbound.sender).first()):
        return found
    if kind == "phone":
        digits = "".join(c for c in inbound.sender if c.isdigit())[-8:]
        for point in points.filter(kind=kind):
            if digits and "".join(c for c in point.value if c.isdigit())[-8:] == digits:
                return point
    sent = Outbox.objects.filter(shard=writer.shard, id=writer.outbox_id).first() if writer.outbox_id else None
    return points.filter(id=sent.contact_point_id).first() if sent and sent.contact_point_id else None


def _stop(inbound: Inbound, of: tuple[int, int, int], point: ContactPoint | None, by: str, now: datetime) -> None:
    """No more reminders to that address by that channel; by the whole channel where the address is not known."""
    channel = {"call_note": "phone", "portal": "email"}.get(inbound.channel, inbound.channel)
    address = point.value if point is not None and inbound.channel in _POINT_KIND else ""
    withdraw(Said(*of, channel=channel, source=_source(inbound), address=address, said_by=by), now=now)


def _task(inbound: Inbound, of: tuple[int, int, int], effect: Effect, excerpt: str, now: datetime) -> None:
    shard, _, customer = of
    waiting = Task.objects.filter(shard=shard, customer_id=customer, kind=effect.task, closed_at__isnull=True).count()
    if waiting >= MOST_OPEN:
        return
    detail = "" if effect.trained else " ".join(own_words(excerpt).split())[:300]
    key = f"{effect.task}:inbound:{inbound.id}"
    open_tasks([NewTask(*of, effect.task, effect.title, key, detail, due_at=now + effect.within)], now=now)


def _source(inbound: Inbound) -> str:
    return {"call_note": "call"}.get(inbound.channel, inbound.channel)
