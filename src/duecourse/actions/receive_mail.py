"""A mail that came to us: a report about a message of ours, or somebody who writes."""

from __future__ import annotations

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from duecourse.actions.hear_receipt import hear
from duecourse.actions.pay_link import BadLink, open_link
from duecourse.actions.take_in import Arrived, Taken, take_in
from duecourse.connectors.channels import inbound_mail
from duecourse.connectors.channels.delivery_report import DeliveryReport, NotAReport
from duecourse.connectors.channels.delivery_report import parse as parse_report
from duecourse.connectors.channels.inbound_mail import File, MailIn
from duecourse.records.reads.writers import Writer, by_email, by_reference, by_thread, creditor_of_address
from duecourse.records.sealing import seal_bytes
from duecourse.records.tenancy import scope

_TOKEN = re.compile(r"/p/([A-Za-z0-9._-]{10,200})/")


def receive_mail(content: bytes, *, said_by: str, now: datetime) -> tuple[DeliveryReport, str] | list[Taken]:
    """What became of it: a report with the state of its message, or one taken message a creditor.

    Raises Unreadable; UnknownMessage for a report about somebody else's mail.
    """
    try:
        report = parse_report(content)
    except NotAReport:
        return receive(inbound_mail.parse(content), now=now)
    return report, hear(report, said_by=said_by, now=now)


def receive(mail: MailIn, *, now: datetime) -> list[Taken]:
    """One transaction. Books of several creditors each get their own row, and see nothing of the others'."""
    linked = _linked(mail, now)  # looked up in a scope of its own
    with scope("all"):
        book = next((found for to in (*mail.recipients, "") if (found := creditor_of_address(to))), 0)
        who = by_thread(mail.answers) or linked or _by_address(mail, book)
        files = [_keep(file) for file in mail.files]
        by_creditor: dict[int, list[Writer]] = defaultdict(list)
        for writer in who:
            by_creditor[writer.creditor_id].append(writer)
        return [
            take_in(_arrived(mail, creditor, writers, files), now=now)
            for creditor, writers in (by_creditor or {book: []}).items()
        ]


def _linked(mail: MailIn, now: datetime) -> list[Writer]:
    """The customer of a link of ours that the words hold, as a quoted thread does."""
    for token in list(dict.fromkeys(_TOKEN.findall(mail.text)))[:5]:
        try:
            opened = open_link(token, now=now)
        except BadLink:
            continue
        return [Writer(opened.shard, opened.customer_id, opened.creditor_id, "reference", opened.outbox_id)]
    return []


def _by_address(mail: MailIn, book: int) -> list[Writer]:
    """Of the customers at this address those that the words name; of an unknown address the one that they name."""
    words = f"{mail.subject}\n{mail.text[:20_000]}"
    known = by_email(mail.sender)
    return by_reference(words, among=known, creditor_id=book) or known


def _arrived(mail: MailIn, creditor: int, who: Sequence[Writer], files: Sequence[dict[str, Any]]) -> Arrived:
    return Arrived(
        channel="email",
        external_id=mail.message_id,
        text=mail.text,
        who=who,
        creditor_id=creditor,
        sender=mail.sender,
        recipient=mail.recipients[0] if mail.recipients else "",
        subject=mail.subject,
        automatic=mail.automatic,
        attachments=files,
        trimmed=mail.trimmed,
    )


def _keep(file: File) -> dict[str, Any]:
    """An attachment under its digest in the data folder, encrypted: nobody knows yet what it speaks of."""
    told = {"name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.sha256, "why": file.why}
    if not file.content:
        return told | {"kept": False}
    path = attachment(file.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as new:
            new.write(seal_bytes(file.content, of=f"attachment:{file.sha256}"))
        os.replace(name, path)
    return told | {"kept": True}


def attachment(sha256: str) -> Path:
    """Where an attachment is kept. Raises ValueError for what is no digest."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("not a digest")
    return Path(settings.DATA_FOLDER) / "inbound" / sha256[:2] / sha256
