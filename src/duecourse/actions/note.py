"""Keep what a person on the staff heard; and a call that took place, which counts against the contact budget."""

from __future__ import annotations

from datetime import datetime

from duecourse.records.cases.models import Note
from duecourse.records.journal.models import Contact
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import Customer

OUTCOMES = {
    "talked": "Talked to them",
    "no_answer": "No answer",
    "left_word": "Left word, no debt named",
    "wrong_number": "Wrong number",
    "called_us": "They called us",
}
"""How a call ended, as staff read it."""


def write(customer: Customer, text: str, *, author: str, now: datetime) -> Note:
    """A listening note. Raises ValueError where there is nothing in it."""
    if not text.strip():
        raise ValueError("a note has words")
    return Note.objects.create(
        shard=customer.shard,
        creditor_id=customer.creditor_id,
        customer_id=customer.id,
        author=author,
        text=text.strip(),
        at=now,
    )


def log_call(customer: Customer, outcome: str, text: str, *, author: str, now: datetime) -> Contact:
    """A call that took place. Taken under the customer's lock: the next message sees it and keeps the budget."""
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome} is not an outcome of a call")
    lock_customers([(customer.shard, customer.id)])
    if text.strip():
        write(customer, text, author=author, now=now)
    return Contact.objects.create(
        shard=customer.shard,
        creditor_id=customer.creditor_id,
        customer_id=customer.id,
        channel="phone",
        direction="in" if outcome == "called_us" else "out",
        purpose="collection",
        outcome=outcome,
        team="collections",
        summary="",
        at=now,
    )
