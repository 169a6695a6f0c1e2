"""A person deals with a message: takes it, confirms what was proposed, says whose it is, or that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duecourse.actions.consent import Said, withdraw
from duecourse.actions.dispute import NewDispute, open_dispute
from duecourse.actions.follow_reply import follow
from duecourse.actions.hold import lift
from duecourse.actions.never_received import never_received
from duecourse.actions.promise import NewPromise, take
from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.actions.take_in import about
from duecourse.core.language.answering import EFFECTS, effects
from duecourse.core.language.listen.label import Label
from duecourse.records.cases.models import Hold, Task
from duecourse.records.inbound.models import Inbound, InboundAbout
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import Customer
from duecourse.records.reads.writers import Writer

FORMS = {"call_note": "phone"}
DONE_AT_ONCE = frozenset({"promise", "dispute", "resend", "stop", "thanks"})
"""Acts that one key carries out; the others are work, so the key says "I have it"."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise as it was read from the words, or as a person mended it."""

    amount_minor: int
    currency: str
    by_date: date


class NotNow(ValueError):
    """Nothing was done; the message says why and what to do."""


def claim(inbound: Inbound, *, by: str, now: datetime) -> bool:
    """A person has it: the time to a human ends. False where somebody has it already."""
    return bool(
        Inbound.objects.filter(shard=inbound.shard, id=inbound.id, taken_at__isnull=True).update(
            taken_by=by, taken_at=now
        )
    )


def finish(inbound: Inbound, outcome: str, *, by: str, now: datetime) -> bool:
    """It is dealt with: its tasks close. False where somebody was faster. Holds stay until they end or are lifted."""
    claim(inbound, by=by, now=now)
    done = Inbound.objects.filter(shard=inbound.shard, id=inbound.id, handled_at__isnull=True).update(
        handled_by=by, handled_at=now, outcome=outcome
    )
    for one in _about(inbound):
        Task.objects.filter(
            shard=one.shard, customer_id=one.customer_id, key__endswith=f":inbound:{inbound.id}", closed_at__isnull=True
        ).update(closed_at=now, closed_by=by, outcome=outcome)
    return bool(done)


def confirm(inbound: Inbound, act: str, *, by: str, now: datetime, draft: Draft | None = None) -> str:
    """Carry out what was proposed, for the one customer that it is about; returns what was done, in words.

    Raises NotNow where it cannot be done from here.
    """
    if act not in DONE_AT_ONCE:
        claim(inbound, by=by, now=now)
        return "It is yours now"
    about_ = _about(inbound)
    if len(about_) != 1:
        raise NotNow("Say first whose message it is.")
    who = about_[0]
    lock_customers([(who.shard, who.customer_id)])
    told = _ACTS[act](inbound, who, by, now, draft)
    finish(inbound, act, by=by, now=now)
    return told


def belongs_to(inbound: Inbound, customer: Customer, *, by: str, now: datetime) -> None:
    """Whose it is, as a person found out: from here on it does what any message of theirs does."""
    lock_customers([(customer.shard, customer.id)])
    if inbound.creditor_id == 0:
        Inbound.objects.filter(shard=inbound.shard, id=inbound.id).update(creditor_id=customer.creditor_id)
        inbound.creditor_id = customer.creditor_id
    if inbound.creditor_id != customer.creditor_id:
        raise NotNow("That customer is in another creditor's book.")
    writer = Writer(customer.shard, customer.id, customer.creditor_id, "person")
    about(inbound, writer, by=by, now=now)
    claim(inbound, by=by, now=now)
    found = effects([Label(label) for label in inbound.labels], urgent=inbound.urgent)
    follow(inbound, writer, found, excerpt=inbound.text, by=by, now=now)


def _about(inbound: Inbound) -> list[InboundAbout]:
    return list(InboundAbout.objects.filter(inbound_id=inbound.id, ended_at__isnull=True))


def _promise(inbound: Inbound, who: InboundAbout, by: str, now: datetime, draft: Draft | None) -> str:
    if draft is None:
        raise NotNow("Say how much and by when.")
    channel = FORMS.get(inbound.channel, inbound.channel)
    take(
        NewPromise(
            who.shard, who.creditor_id, who.customer_id, draft.currency, draft.amount_minor, draft.by_date, channel, by
        ),
        now=now,
    )
    return "Promise taken"


def _dispute(inbound: Inbound, who: InboundAbout, by: str, now: datetime, _: Draft | None) -> str:
    form = FORMS.get(inbound.channel, inbound.channel)
    open_dispute(
        NewDispute(
            who.shard,
            who.creditor_id,
            who.customer_id,
            "other",
            form,
            inbound.received_at.date(),
            by,
            words=inbound.text[:2000],
        ),
        now=now,
    )
    return "Dispute opened"


def _resend(inbound: Inbound, who: InboundAbout, by: str, now: datetime, _: Draft | None) -> str:
    debts = list(Debt.objects.filter(shard=who.shard, customer_id=who.customer_id, open_minor__gt=0)[:2])
    if len(debts) != 1:
        raise NotNow("Say which invoice did not come, on the customer's page.")
    due = never_received(
        (who.shard, who.creditor_id, who.customer_id),
        debts[0].id,
        cause="not_found",
        form=FORMS.get(inbound.channel, inbound.channel),
        by=by,
        now=now,
    )
    return f"Sent again; due on {due:%d %B %Y}"


def _stop(inbound: Inbound, who: InboundAbout, by: str, now: datetime, _: Draft | None) -> str:
    source = {"call_note": "call"}.get(inbound.channel, inbound.channel)
    for channel in ("email", "sms", "phone"):
        withdraw(Said(who.shard, who.creditor_id, who.customer_id, channel, source, said_by="the customer"), now=now)
    record_circumstance(
        Told(
            who.shard, who.creditor_id, who.customer_id, "ceases", said_by="the customer", source=source, recorded_by=by,
            data={"kind": "cease_communication"},
        ),
        now=now,
    )  # fmt: skip
    return "Nothing more goes to them"


def _thanks(inbound: Inbound, who: InboundAbout, by: str, now: datetime, _: Draft | None) -> str:
    mine = {"placed_by": "the customer", "reason": EFFECTS[Label.OTHER].title, "from_at": inbound.received_at}
    for hold in Hold.objects.filter(shard=who.shard, customer_id=who.customer_id, kind="pause", lifted_by="", **mine):
        lift(hold.shard, hold.id, by=by, why="Read; nothing to answer", now=now)
    return "Read; nothing to answer"


_ACTS = {"promise": _promise, "dispute": _dispute, "resend": _resend, "stop": _stop, "thanks": _thanks}
