"""What a customer tells us through a link: each puts chasing on hold and gives a person a task, in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from duecourse.actions.consent import Said, withdraw
from duecourse.actions.end_wrong_point import end_wrong_point
from duecourse.actions.hold import NewHold, place
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.take_in import Arrived, take_in
from duecourse.core.language.cards import mask_cards
from duecourse.records.journal.models import Contact, Outbox
from duecourse.records.ledger.models import PayLink
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint
from duecourse.records.reads.writers import Writer

CUSTOMER = "the customer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows: the kind of hold, for how long where no day was said (None: until a person lifts it), the task."""

    hold: str
    days: int | None
    task: str
    title: str


NEEDS: Final = {
    "time": Answer("pause", 14, "asks_time", "Asks for more time: confirm a date"),
    "hard": Answer("hardship", None, "hardship", "Says things are hard: trained staff only"),
    "talk": Answer("pause", 7, "wants_talk", "Would like to talk to a person: get in touch"),
}
"""Not now, or I need help."""
LONGEST_PAUSE: Final = timedelta(days=30)
"""A customer's own date is believed up to here; beyond it a person decides."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks: the customer that a link opens."""

    shard: int
    creditor_id: int
    customer_id: int


def hear(caller: Caller, answer: Answer, words: str, *, until: datetime | None, now: datetime) -> datetime | None:
    """Hold and task; returns the end of the hold, or None where a person ends it."""
    ends = None
    if answer.days is not None:
        ends = min(until, now + LONGEST_PAUSE) if until and until > now else now + timedelta(days=answer.days)
    hold = place(
        NewHold(
            shard=caller.shard,
            creditor_id=caller.creditor_id,
            customer_id=caller.customer_id,
            kind=answer.hold,
            placed_by=CUSTOMER,
            reason=answer.title,
            until_at=ends,
            review_date=(now + timedelta(days=7)).date(),
        ),
        now=now,
    )
    said = listened(caller, words, now=now)
    detail = f"{said}\nAsks until {until:%d %B %Y}".strip() if until else said
    _task(caller, answer.task, answer.title, detail, now)
    Contact.objects.create(
        shard=caller.shard,
        creditor_id=caller.creditor_id,
        customer_id=caller.customer_id,
        channel="portal",
        direction="in",
        purpose="reply",
        outcome=answer.task,
        summary=said,
        at=now,
    )
    return hold.until_at


def listened(caller: Caller, words: str, *, now: datetime) -> str:
    """The words, listened to for what the buttons do not say; nothing of them where they are sealed. Cards are masked."""
    said = mask_cards(words).strip()
    if not said:
        return ""
    who = Writer(caller.shard, caller.customer_id, caller.creditor_id, "reference")
    name = f"page:{caller.customer_id}:{now.isoformat()}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    taken = take_in(Arrived("portal", name, said, [who], caller.creditor_id), now=now, told=True)
    return "" if taken.inbound.sealed else said


def not_them(caller: Caller, link_id: int, *, now: datetime) -> None:
    """The reader is not our customer: nothing more goes to this address, and this link opens nothing more."""
    place(
        NewHold(
            shard=caller.shard,
            creditor_id=caller.creditor_id,
            customer_id=caller.customer_id,
            kind="wrong_person",
            placed_by=CUSTOMER,
            reason="The reader says: this is not for me",
        ),
        now=now,
    )
    point = point_of(caller.shard, link_id)
    if point is not None:
        end_wrong_point(point, said_by="the reader", source="portal", by=CUSTOMER, now=now)
    PayLink.objects.filter(shard=caller.shard, id=link_id, revoked_at__isnull=True).update(revoked_at=now)
    _task(caller, "wrong_person", "Wrong person: find out how to reach the customer", "", now)


def stop_messages(caller: Caller, link_id: int, *, now: datetime) -> None:
    """No more reminders to the address that this link was sent to; to any address where that is not known."""
    point = point_of(caller.shard, link_id)
    withdraw(
        Said(
            shard=caller.shard,
            creditor_id=caller.creditor_id,
            customer_id=caller.customer_id,
            channel=point.kind if point else "email",
            address=point.value if point else "",
            source="portal",
            said_by=CUSTOMER,
        ),
        now=now,
    )


def ask_link(caller: Caller, *, now: datetime) -> None:
    """The link has run out: a person sends a new one to the address that we hold."""
    _task(caller, "new_link", "Asks for a new link: send one to the address we hold", "", now)


def point_of(shard: int, link_id: int) -> ContactPoint | None:
    """The address that a link was sent to."""
    link = PayLink.objects.filter(shard=shard, id=link_id).first()
    sent = Outbox.objects.filter(shard=shard, id=link.outbox_id).first() if link and link.outbox_id else None
    if sent is None or sent.contact_point_id is None:
        return None
    return ContactPoint.objects.filter(shard=shard, id=sent.contact_point_id).first()


def _task(caller: Caller, kind: str, title: str, detail: str, now: datetime) -> None:
    lock_customers([(caller.shard, caller.customer_id)])
    # The same words told twice today are one task; other words are another.
    told = hashlib.sha256(detail.encode()).hexdigest()[:8]
    open_tasks(
        [
            NewTask(
                shard=caller.shard,
                creditor_id=caller.creditor_id,
                customer_id=caller.customer_id,
                kind=kind,
                title=title,
                key=f"{kind}:{now:%Y-%m-%d}:{told}",
                detail=detail,
            )
        ],
        now=now,
    )
