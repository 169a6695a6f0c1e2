"""A message comes in: whose it is, what it means, and what follows at once. One transaction, whatever the channel.

    who → hear → keep (sealed where it speaks of harm) → for each customer: hold, task with a clock, stop, wrong address

Chasing pauses with every reply. Nothing is ever answered by a machine, so that two machines never talk in a circle.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from duecourse.actions.follow_reply import follow
from duecourse.actions.listener import hear_words, listener_name
from duecourse.core.language.answering import Effect, answer_within, effects, sealed
from duecourse.core.language.cards import mask_cards
from duecourse.core.language.listen import Heard, Label
from duecourse.records.inbound.models import Inbound, InboundAbout
from duecourse.records.journal.models import Contact
from duecourse.records.locking import lock_customers
from duecourse.records.reads.writers import Writer
from duecourse.records.sealing import seal
from duecourse.records.sharded import shard_of

MOST_KEPT = 100_000
"""Characters of a message that are kept; attachments and the rest of a mail bomb are counted, not stored."""
UNHEARD: Final = Heard((Label.OTHER,), False, "", (), {}, True)
UNREAD: Final = Effect(
    "vulnerable", "Nobody has read this yet: trained staff only", timedelta(hours=4), "pause", None, "care", True
)
"""What follows where the listener is broken: nothing is lost, and nothing is read by those who should not."""
CONTACT_CHANNEL = {"email": "email", "sms": "sms", "portal": "portal"}


@dataclass(frozen=True)
class Arrived:
    """`external_id` names the message for good. `who`: the customers it is about, empty where nobody knows."""

    channel: str
    external_id: str
    text: str
    who: Sequence[Writer]
    creditor_id: int
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    automatic: bool = False
    attachments: Sequence[dict[str, Any]] = ()
    trimmed: bool = False
    said_by: str = "the customer"


@dataclass(frozen=True)
class Taken:
    """`effects` are what followed; `new` False: we had it already and nothing was done."""

    inbound: Inbound
    effects: tuple[Effect, ...] = field(default=())
    new: bool = True


def take_in(arrived: Arrived, *, now: datetime, told: bool = False) -> Taken:
    """Keep it and do what follows, in the running transaction. The same message again changes nothing.

    `told`: the customer said in so many words what they want (a button on their page), so only harm is looked for.
    """
    arrived = replace(arrived, subject=mask_cards(arrived.subject), text=mask_cards(arrived.text))
    shard = shard_of(arrived.creditor_id, arrived.external_id)
    lock_customers([(w.shard, w.customer_id) for w in arrived.who])
    of = {"shard": shard, "channel": arrived.channel, "external_id": arrived.external_id}
    had = Inbound.objects.filter(**of, creditor_id=arrived.creditor_id).first()
    if had is not None:
        return Taken(had, new=False)
    words = f"{arrived.subject}\n\n{arrived.text}".strip() if arrived.channel == "email" else arrived.text
    listened = hear_words(words, arrived.channel)
    heard = listened or UNHEARD
    labels = list(heard.labels)
    if arrived.automatic and Label.OUT_OF_OFFICE not in labels:
        labels = [label for label in labels if label in (Label.WRONG_PERSON, Label.NEW_DETAILS)] + [Label.OUT_OF_OFFICE]
    noted = told or arrived.channel == "call_note"
    found = effects(labels, urgent=heard.urgent, unsure=heard.person, noted=noted) if listened else (UNREAD,)
    within = answer_within(found)
    evidence = [{"label": str(e.label), "quote": e.quote} for e in heard.evidence if e.label in labels]
    kept = {"subject": arrived.subject[:1000], "text": arrived.text[:MOST_KEPT], "evidence": evidence}
    secret = listened is None or sealed(labels, urgent=heard.urgent)
    inbound = Inbound.objects.create(
        **of,
        creditor_id=arrived.creditor_id,
        sender=arrived.sender[:320],
        recipient=arrived.recipient[:320],
        **({"sealed": seal(json.dumps(kept), of=name_of(arrived.external_id))} if secret else kept),
        trimmed=arrived.trimmed or len(arrived.text) > MOST_KEPT,
        attachments=list(arrived.attachments),
        automatic=arrived.automatic or Label.OUT_OF_OFFICE in labels,
        labels=[str(label) for label in labels],
        urgent=heard.urgent,
        confidence={str(label): chance for label, chance in heard.confidence.items() if chance >= 0.05},
        language=heard.language[:8],
        heard_by=listener_name() if listened else "",
        received_at=now,
        answer_by=now + within if within else None,
        **({} if within else {"handled_by": "nobody waits for an answer", "handled_at": now}),
    )
    for writer in arrived.who:
        about(inbound, writer, by="rules", now=now)
        if not noted:
            _counts(inbound, writer, now)
        follow(inbound, writer, found, excerpt="" if secret else arrived.text, by=arrived.said_by, now=now)
    return Taken(inbound, found)


def name_of(external_id: str) -> str:
    """What the sealed words of a message are bound to."""
    return f"inbound:{external_id}"


def about(inbound: Inbound, writer: Writer, *, by: str, now: datetime) -> None:
    """The message is about this customer."""
    InboundAbout.objects.get_or_create(
        shard=writer.shard,
        customer_id=writer.customer_id,
        inbound_id=inbound.id,
        defaults={
            "creditor_id": writer.creditor_id,
            "inbound_shard": inbound.shard,
            "how": writer.how,
            "outbox_id": writer.outbox_id,
            "said_by": by,
            "at": now,
        },
    )


def _counts(inbound: Inbound, writer: Writer, now: datetime) -> None:
    """A contact that came in, for the rules that read replies; its words are with the message alone."""
    Contact.objects.create(
        shard=writer.shard,
        creditor_id=writer.creditor_id,
        customer_id=writer.customer_id,
        channel=CONTACT_CHANNEL[inbound.channel],
        direction="in",
        purpose="automatic" if inbound.automatic else "reply",
        outcome="heard",
        summary="",
        at=now,
    )
