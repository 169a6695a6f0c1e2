"""One thread with the service desk: an open ticket pauses chasing, its end resumes it and is told once (T-h)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from duecourse.actions.hear_customer import NEEDS, Caller, hear
from duecourse.actions.note import write
from duecourse.actions.receive_ticket import receive_ticket
from duecourse.connectors.channels.sms.text import Call, HookRefused
from duecourse.records.models import Contact, Customer, Hold, Inbound, Message, Note, Outbox, Task, Ticket
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.test_send import Scripted, work
from tests.making import NOW

pytestmark = pytest.mark.usefixtures("book")
SETTINGS = {"secret": "desk-secret", "creditor": "Fernleigh Kitchen Supplies"}


def said(
    ref: str, status: str, *, at=NOW, outcome: str = "", tags=(), id_: int = 35, secret: str = "desk-secret", stamp=None
) -> Call:
    body = json.dumps(
        {"ticket": {"id": id_, "status": status, "updated_at": at.isoformat(), "tags": list(tags),
                    "requester": {"email": "", "external_id": ref}, "outcome": outcome}}
    ).encode()  # fmt: skip
    stamp = (stamp or at).isoformat()
    mac = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return Call(
        "http://localhost:8000/hooks/tickets/zendesk/",
        {"x-zendesk-webhook-signature": base64.b64encode(mac).decode(), "x-zendesk-webhook-signature-timestamp": stamp},
        body,
    )


def tell(call: Call, *, at=NOW) -> str:
    return receive_ticket("zendesk", SETTINGS, call, now=at)


def test_an_open_ticket_pauses_and_its_end_resumes_politely_with_the_outcome_told_once(tmp_path):
    made = making.customer(late=(8,))
    assert tell(said(made.ref, "open", tags=["complaint"])) == "opened"
    making.run_day(tmp_path / "1")
    with scope("all"):
        assert not Outbox.objects.exists() and Hold.objects.get().kind == "complaint"
    solved = NOW + timedelta(days=1)
    assert (
        tell(said(made.ref, "solved", at=solved, outcome="We replaced the broken door at no charge."), at=solved)
        == "closed"
    )
    making.run_day(tmp_path / "2", at=NOW + timedelta(days=2))
    with scope("all"):
        assert not Outbox.objects.exists(), "the customer has our answer for some days before anything else"
    transport = Scripted()
    later = NOW + timedelta(days=6)
    making.run_day(tmp_path / "3", at=later)
    work(tmp_path, transport, at=later)
    assert [("broken door" in m.text, "broken door" in m.html) for m in transport.mails] == [(True, True)]
    with scope("all"):
        assert Ticket.objects.get().told_outbox_id == Message.objects.get().outbox_id
    more = NOW + timedelta(days=20)
    making.run_day(tmp_path / "4", at=more)
    work(tmp_path, transport, at=more)
    assert len(transport.mails) == 2 and "broken door" not in transport.mails[1].text


def test_an_outcome_that_speaks_of_health_is_never_passed_on(tmp_path):
    made = making.customer(late=(8,))
    tell(said(made.ref, "open"))
    tell(
        said(made.ref, "solved", at=NOW + timedelta(minutes=1), outcome="Waived because of her cancer treatment."),
        at=NOW,
    )
    transport = Scripted()
    later = NOW + timedelta(days=6)
    making.run_day(tmp_path, at=later)
    work(tmp_path, transport, at=later)
    assert "cancer" not in transport.mails[0].text and "We have looked at it" in transport.mails[0].text
    with scope("all"):
        assert Task.objects.filter(title__contains="cannot be told").exists()


def test_older_news_and_copies_change_nothing():
    made = making.customer()
    closed, opened = NOW + timedelta(minutes=2), NOW + timedelta(minutes=1)
    tell(said(made.ref, "open"))
    call = said(made.ref, "closed", at=closed)
    assert tell(call, at=closed) == "closed"
    assert tell(said(made.ref, "open", at=opened, stamp=closed), at=closed) == "older"
    with pytest.raises(HookRefused, match="replay"):
        tell(call, at=closed)
    with scope("all"):
        assert Ticket.objects.get().closed_at == closed


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (said("x", "open", secret="wrong"), "signature"),
        (said("x", "open", stamp=NOW - timedelta(days=30)), "stale"),
        (Call("u", {}, b"{}"), "missing"),
        (said("x", "on fire"), "unreadable"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_trusted_is_refused(call, why):
    with pytest.raises(HookRefused, match=why):
        tell(call)


def test_two_tickets_are_held_until_both_are_answered():
    made = making.customer()
    for number in (1, 2):
        tell(said(made.ref, "open", id_=number))
    after = NOW + timedelta(minutes=1)
    tell(said(made.ref, "solved", id_=1, at=after), at=after)
    with scope("all"):
        assert Hold.objects.get(kind="ticket").until_at is None
    tell(said(made.ref, "solved", id_=2, at=after), at=after)
    with scope("all"):
        assert Hold.objects.get(kind="ticket").until_at == after


def test_a_note_of_harm_pauses_calls_trained_people_and_stays_sealed(tmp_path):
    made = making.customer(late=(8,))
    making.run_day(tmp_path)
    with scope("all"):
        note = write(
            Customer.objects.get(id=made.id), "Says: I can't cope, I've been off sick", author="Priya", now=NOW
        )
        assert note.text == "" and note.sealed and Note.objects.count() == 1
        assert Task.objects.get(kind="vulnerable").detail == "" and Hold.objects.get(kind="hardship").until_at is None
    transport = Scripted()
    work(tmp_path, transport)
    assert transport.mails == []


def test_an_ordinary_note_stays_a_note():
    made = making.customer()
    with scope("all"):
        note = write(
            Customer.objects.get(id=made.id), "Spoke to Ann, she will look for the invoice", author="Priya", now=NOW
        )
        assert note.text.startswith("Spoke") and not Hold.objects.exists() and Inbound.objects.get().handled_at == NOW


def test_words_on_the_customers_page_are_listened_to():
    made = making.customer()
    with scope("all"):
        hear(
            Caller(made.shard, made.creditor_id, made.id), NEEDS["time"], "My wife died last week", until=None, now=NOW
        )
        assert set(Task.objects.values_list("kind", flat=True)) == {"asks_time", "vulnerable"}
        assert not Task.objects.filter(detail__contains="died").exists() and Contact.objects.get().summary == ""
        assert Inbound.objects.get().channel == "portal"
