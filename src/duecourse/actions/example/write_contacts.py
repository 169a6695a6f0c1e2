"""What was written and said in the last year, as the sender would have kept it: outbox, message, mark, receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings

from duecourse.actions.example.letters import Spoken
from duecourse.actions.example.write_book import Kept, Written
from duecourse.actions.pay_link import LIFE, token
from duecourse.actions.write_letter import write
from duecourse.connectors.channels.letter_text import template
from duecourse.core.decide.playbook import Playbook
from duecourse.records import arrow

Row = dict[str, Any]
SAID_BY = "example"


def write_contacts(written: Written, talks: list[list[Spoken]], *, playbook: Playbook) -> None:
    """Write in the running transaction; `talks` are in the order of the customers."""
    every = [(kept, s) for kept, said in zip(written.customers, talks, strict=True) for s in said]
    ids = iter(arrow.fresh_ids(2 * len(every)).to_list())
    rows: dict[str, list[Row]] = {}
    for kept, said in every:
        outbox, link = next(ids), next(ids)
        for table, row in _rows(written, kept, said, outbox, link, playbook):
            rows.setdefault(table, []).append(row)
    for table in ("outbox", "pay_link", "message", "attempt", "receipt", "reminder", "contact"):
        if table in rows:
            arrow.copy_into(table, pl.DataFrame(rows[table], infer_schema_length=None))


def _rows(
    written: Written, kept: Kept, said: Spoken, outbox: int, link: int, playbook: Playbook
) -> Iterator[tuple[str, Row]]:
    of = {"shard": kept.shard, "creditor_id": written.creditor, "customer_id": kept.customer}
    contact = {
        **of, "channel": said.channel, "direction": said.direction, "purpose": said.purpose, "outcome": said.outcome,
        "team": "collections", "summary": said.summary, "at": said.at, "outbox_id": outbox if said.steps else None,
    }  # fmt: skip
    yield "contact", contact
    if not said.steps:
        return
    after = said.at + timedelta(seconds=2)
    step = playbook.steps[max(place for _, place in said.steps) - 1]
    named = [kept.debts[n] for n, _ in said.steps]
    yield "outbox", {
        **of, "id": outbox, "key": f"example:{outbox}", "channel": said.channel, "contact_point_id": kept.point,
        "purpose": "reminder", "template": "reminder", "step": step, "context": f'{{"debts": {named}}}',
        "state": "sent", "due_at": said.at, "created_at": said.at, "changed_at": after, "why": "",
    }  # fmt: skip
    yield "pay_link", {**of, "id": link, "outbox_id": outbox, "created_at": said.at, "expires_at": said.at + LIFE}
    yield "message", {**of, "outbox_id": outbox, **_message(written, kept, said, step, link)}
    yield "attempt", {**of, "outbox_id": outbox, "number": 1, "worker": 0, "sandbox": True, "marked_at": said.at}
    yield "receipt", {
        **of, "outbox_id": outbox, "kind": "accepted", "detail": "sandbox", "said_by": SAID_BY, "at": after,
    }  # fmt: skip
    for number, place in said.steps:
        yield "reminder", {
            **of, "outbox_id": outbox, "debt_id": kept.debts[number], "round": 1, "step": place,
            "channel": said.channel, "void": False,
        }  # fmt: skip


def _message(written: Written, kept: Kept, said: Spoken, step: str, link: int) -> Row:
    """The letter as it would have read on its day."""
    lender, payer = written.lender, kept.payer
    day = said.at.astimezone(ZoneInfo(lender.timezone)).date()
    letter = {
        "trading_as": lender.trading_as, "creditor_name": lender.name, "signed_by": lender.signed_by,
        "phone": lender.phone, "phone_hours": lender.phone_hours, "creditor_address": lender.address,
        "creditor_country": lender.country, "creditor_timezone": lender.timezone, "creditor_email": lender.email,
        "name": payer.name, "salutation": payer.person.split()[0], "customer_kind": payer.kind, "language": "en",
        "country": lender.country, "purpose": "reminder", "template": "reminder", "step": step, "context": {},
        "still_open": {},
    }  # fmt: skip
    debts = [
        {"ref": b.ref, "description": b.description, "open_minor": b.open(day, known=True), "currency": b.currency,
         "due_date": b.due}
        for b in (kept.bills[n] for n, _ in said.steps)
    ]  # fmt: skip
    address = f"{settings.BASE_URL}/p/{token(written.creditor, kept.shard, link)}/"
    rendered = write(letter, debts, link=address, now=said.at)
    return {
        "message_id": f"<example.{link:x}@duecourse.example>", "recipient": payer.email, "subject": rendered.subject,
        "text": rendered.text, "html": rendered.html, "rendered_at": said.at,
        "content_hash": sha256(f"{rendered.subject}\n{rendered.text}".encode()).hexdigest(),
        "template_version": f"reminder@{template('reminder').version}",
    }  # fmt: skip
