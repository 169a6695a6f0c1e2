"""Keep what a person on the staff heard; and a call that took place, which counts against the contact budget."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from duecourse.actions.end_wrong_point import end_wrong_point
from duecourse.actions.take_in import Arrived, name_of, take_in
from duecourse.core.language.cards import mask_cards
from duecourse.records.cases.models import Note
from duecourse.records.journal.models import Contact
from duecourse.records.law.models import ContactOutcome
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint, Customer
from duecourse.records.reads.writers import Writer
from duecourse.records.sealing import seal

OUTCOMES = {
    "talked": "Talked to them",
    "no_answer": "No answer",
    "left_word": "Left word, no debt named",
    "dropped": "Picked up, then cut off",
    "busy": "Busy",
    "not_in_service": "Number not in service",
    "wrong_number": "Wrong number",
    "called_us": "They called us",
}
"""How a call ended, as staff read it."""


def write(customer: Customer, text: str, *, author: str, now: datetime) -> Note:
    """A listening note, heard as a message is: words of harm are sealed, pause chasing and reach trained people.

    Raises ValueError where there is nothing in it.
    """
    said = mask_cards(text).strip()
    if not said:
        raise ValueError("a note has words")
    who = Writer(customer.shard, customer.id, customer.creditor_id, "person")
    name = f"note:{customer.id}:{now.isoformat()}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    heard = take_in(Arrived("call_note", name, said, [who], customer.creditor_id, said_by=author), now=now).inbound
    return Note.objects.create(
        shard=customer.shard,
        creditor_id=customer.creditor_id,
        customer_id=customer.id,
        author=author,
        text="" if heard.sealed else said,
        sealed=seal(said, of=name_of(name)) if heard.sealed else None,
        at=now,
    )


CONVERSATIONS = frozenset({"talked", "called_us"})
"""Outcomes in which the person spoke with us: they close the phone for some days, 12 CFR 1006.14(b)(2)(i)(B)."""


def log_call(
    customer: Customer,
    outcome: str,
    text: str,
    *,
    author: str,
    now: datetime,
    begun: int | None = None,
    discussed: Sequence[int] | None = None,
) -> Contact:
    """How a call went, under the customer's lock: the next message sees it and keeps the budget.

    `begun` is the contact that was counted when the call began; without it the call is counted now. `discussed` names the
    debts spoken of, all of them where it is None. A wrong number is never rung again. Raises ValueError.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome} is not an outcome of a call")
    of = {"shard": customer.shard, "creditor_id": customer.creditor_id, "customer_id": customer.id}
    lock_customers([(customer.shard, customer.id)])
    if text.strip():
        write(customer, text, author=author, now=now)
    contact = Contact.objects.filter(
        shard=customer.shard, customer_id=customer.id, id=begun, channel="phone", direction="out"
    ).first()
    if contact is None:
        contact = Contact.objects.create(
            **of,
            channel="phone",
            direction="in" if outcome == "called_us" else "out",
            purpose="collection",
            outcome=outcome,
            team="collections",
            summary="",
            debts=list(discussed) if discussed else None,
            at=now,
        )
    ContactOutcome.objects.create(
        **of,
        contact_id=contact.id,
        outcome=outcome,
        conversation=outcome in CONVERSATIONS,
        discussed=list(discussed) if discussed else None,
        said_by=author,
        at=now,
    )
    if outcome == "wrong_number" and contact.contact_point_id:
        point = ContactPoint.objects.get(shard=customer.shard, id=contact.contact_point_id)
        end_wrong_point(point, said_by="whoever answered", source="call", by=author, now=now)
    return contact
