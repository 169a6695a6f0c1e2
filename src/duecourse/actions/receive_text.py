"""What a provider of texts calls us about: the fate of a text, or a text that somebody wrote to us."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import datetime, timedelta

from duecourse.actions.hear_receipt import UnknownMessage, hear
from duecourse.actions.take_in import Arrived, Taken, take_in
from duecourse.connectors.channels.delivery_report import DeliveryReport
from duecourse.connectors.channels.sms.text import Call, HookRefused, Provider
from duecourse.records.inbound.models import HookCall
from duecourse.records.journal.models import Message
from duecourse.records.reads.writers import Writer, by_number
from duecourse.records.tenancy import scope

OLDEST = timedelta(days=14)
"""No provider speaks of a text later than that: such a call is an old one, sent again by somebody else."""


def receive_status(provider: Provider, call: Call, *, now: datetime) -> str:
    """The state of the text after it; "" where the status says nothing. A copy of a call changes nothing.

    Raises HookRefused, UnknownMessage.
    """
    report = provider.parse_receipt(call, now=now)
    if report is None:
        return ""
    key = report.message_id if report.message_id.startswith("<") else f"<{report.message_id}>"
    with scope("all"):
        message = Message.objects.filter(message_id=key).order_by("-id").first()
        if message is None:
            raise UnknownMessage
        if now - message.rendered_at > OLDEST:
            raise HookRefused("stale")
        once(provider.name, call, now)  # in one transaction with what it does: a call that failed may come again
        return hear(DeliveryReport(key, report.kind, report.status), said_by=provider.name, now=now)


def receive_text(provider: Provider, call: Call, *, now: datetime) -> list[Taken]:
    """The message, once a creditor whose customer has that number. Raises HookRefused."""
    came = provider.parse_inbound(call, now=now)
    with scope("all"):
        once(provider.name, call, now)
        by_creditor: dict[int, list[Writer]] = defaultdict(list)
        for writer in by_number(came.sender):
            by_creditor[writer.creditor_id].append(writer)
        return [
            take_in(
                Arrived(
                    channel="sms",
                    external_id=f"{provider.name}:{came.id}",
                    text=came.words,
                    who=who,
                    creditor_id=creditor,
                    sender=came.sender,
                    recipient=came.recipient,
                ),
                now=now,
            )
            for creditor, who in (by_creditor or {0: []}).items()
        ]


def once(source: str, call: Call, now: datetime) -> None:
    """A signed call is believed once. A provider that calls again for want of an answer gets a yes, and nothing is done.

    Raises HookRefused ("replay").
    """
    signed = "\n".join((call.url, *(call.headers.get(name, "") for name in _SIGNATURES)))
    digest = hashlib.sha256(signed.encode() + call.body).hexdigest()
    _, new = HookCall.objects.get_or_create(source=source, digest=digest, defaults={"at": now})
    if not new:
        raise HookRefused("replay")


_SIGNATURES = ("x-twilio-signature", "authorization", "duecourse-signature", "x-zendesk-webhook-signature")
