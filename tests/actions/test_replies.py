"""What comes in by mail: whose it is, what it does at once, and that nothing strange breaks it."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.mime.application import MIMEApplication

import pytest
from django.db import IntegrityError, connections, transaction

from duecourse.actions.consent import Said, give
from duecourse.actions.receive_mail import receive_mail
from duecourse.connectors.channels.inbound_mail import Unreadable
from duecourse.records.models import (
    Consent,
    Contact,
    ContactPoint,
    Hold,
    Inbound,
    InboundAbout,
    Message,
    Outbox,
    PayLink,
    Promise,
    Task,
    Ticket,
)  # fmt: skip
from duecourse.records.sealing import CannotOpen, new_key, unseal
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.test_send import Scripted, only, work
from tests.making import NOW

pytestmark = pytest.mark.usefixtures("book")


def mail(
    words: str, *, sender="customer@mail.example", answers="", subject="Re: A note", html=False, **headers
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Ann <{sender}>", "accounts@fernleigh.example", subject
    message["Message-ID"] = headers.pop("id", f"<{abs(hash((words, sender, subject)))}@mail.example>")
    if answers:
        message["References"] = answers
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words, subtype="html" if html else "plain")
    return message.as_bytes()


def take(content: bytes, *, at=NOW):
    return receive_mail(content, said_by="test", now=at)


@pytest.fixture
def sent(tmp_path):
    """A customer whom we have reminded; the message, and the folder for another day."""
    made = making.customer(email="customer@mail.example", late=(8,))
    making.run_day(tmp_path)
    work(tmp_path)
    return made, only(Message)


def test_a_reply_pauses_chasing_at_once_and_reaches_a_person_with_a_clock(tmp_path):
    made = making.customer(email="customer@mail.example", late=(8,))
    making.run_day(tmp_path)
    take(mail("Could you tell me which oven this was for?"))
    transport = Scripted()
    work(tmp_path, transport)
    assert transport.mails == [] and only(Outbox).why == "hold:pause"
    task = only(Task)
    assert (task.kind, task.due_at, only(Hold).review_date) == (
        "reply",
        NOW + timedelta(hours=24),
        (NOW + timedelta(days=2)).date(),
    )
    assert only(InboundAbout).customer_id == made.id


@pytest.mark.parametrize(
    ("words", "kinds", "hold", "days"),
    [
        ("We will pay the full amount on Friday 4 December.", {"promise_draft"}, "pause", 7),
        ("This was paid last week by bank transfer.", {"says_paid"}, "pause", 10),
        ("We never received this invoice.", {"no_invoice"}, "pause", 14),
        ("The amount is wrong, we only ordered one oven and were charged for two.", {"dispute"}, "dispute", None),
        ("Can we pay this in three instalments please?", {"asks_time"}, "pause", 14),
        ("We have gone into liquidation.", {"insolvency"}, "insolvency", None),
        ("Thanks a lot, have a nice weekend!", {"reply"}, "pause", 3),
    ],
)
def test_what_each_kind_of_reply_does(words, kinds, hold, days):
    making.customer(email="customer@mail.example")
    take(mail(words))
    with scope("all"):
        assert kinds <= set(Task.objects.values_list("kind", flat=True))
        holds = {h.kind: h.until_at for h in Hold.objects.all()}
    assert holds[hold] == (None if days is None else NOW + timedelta(days=days))
    with scope("all"):
        assert not Promise.objects.exists(), "a machine never takes a promise"


def test_words_of_harm_are_sealed_go_nowhere_else_and_call_trained_people(tmp_path, sent):
    _, message = sent
    (taken,) = take(mail("I can't cope, I've been off sick with depression since March.", answers=message.message_id))
    assert {"vulnerability"} <= set(taken.inbound.labels) and taken.inbound.text == ""
    assert "off sick" in unseal(taken.inbound.sealed, of=f"inbound:{taken.inbound.external_id}")
    with scope("all"):
        assert Hold.objects.filter(kind="hardship", until_at=None).exists()
        task = Task.objects.get(kind="vulnerable")
    assert (task.detail, task.due_at) == ("", NOW + timedelta(hours=4))
    everything = " ".join(_dump())
    assert "off sick" not in everything and "depression" not in everything and "cope" not in everything
    making.run_day(tmp_path / "later", at=NOW + timedelta(days=14))
    with scope("all"):
        assert Outbox.objects.filter(state="due").count() == 0


def test_danger_now_is_a_quarter_of_an_hour():
    making.customer(email="customer@mail.example")
    (taken,) = take(mail("I am going to kill myself tonight because of these letters."))
    assert taken.inbound.urgent and taken.inbound.answer_by == NOW + timedelta(minutes=15)


def test_canary_the_database_itself_refuses_harm_in_the_open():
    with pytest.raises(IntegrityError, match="inbound_harm_sealed"), scope("all"), transaction.atomic():
        Inbound.objects.create(
            shard=1,
            creditor_id=0,
            channel="sms",
            external_id="x",
            text="words",
            labels=["vulnerability"],
            received_at=NOW,
        )


def test_a_new_key_seals_and_the_old_one_still_opens():
    making.customer(email="customer@mail.example")
    (first,) = take(mail("My husband died and I have cancer."))
    assert new_key() >= 2
    (second,) = take(mail("I was in hospital with a stroke."))
    assert bytes(first.inbound.sealed)[:4] != bytes(second.inbound.sealed)[:4]
    assert "cancer" in unseal(first.inbound.sealed, of=f"inbound:{first.inbound.external_id}")
    with pytest.raises(CannotOpen):
        unseal(first.inbound.sealed, of=f"inbound:{second.inbound.external_id}")


def test_a_wrong_person_is_never_written_to_again_and_is_told_nothing(tmp_path, sent):
    _, message = sent
    take(mail("You have the wrong person, I am not that company and never was.", answers=message.message_id))
    with scope("all"):
        assert ContactPoint.objects.get().ended_why == "wrong_person"
        assert PayLink.objects.get().revoked_at == NOW
        assert {*Hold.objects.values_list("kind", flat=True)} >= {"wrong_person"}
        assert Outbox.objects.exclude(state="sent").count() == 0, "nothing goes back to whoever wrote"


def test_stop_by_mail_ends_mail_to_that_address(sent):
    take(mail("Stop emailing me about this."))
    newest = only(Consent)
    assert (newest.channel, newest.address, newest.given) == ("email", "customer@mail.example", False)


def test_a_complaint_is_open_until_somebody_answers_it():
    making.customer(email="customer@mail.example")
    take(mail("I want to make a complaint: your collector was rude to my mother on the phone."))
    assert (only(Ticket).kind, only(Ticket).closed_at) == ("complaint", None)


def test_a_broken_ear_loses_nothing_and_lets_only_trained_people_read(monkeypatch):
    making.customer(email="customer@mail.example")
    monkeypatch.setattr("duecourse.actions.listener.listen", lambda *_, **__: (_ for _ in ()).throw(KeyError("head")))
    (taken,) = take(mail("I can't cope"))
    assert (taken.inbound.text, taken.inbound.heard_by, only(Hold).until_at, only(Task).detail) == ("", "", None, "")


def test_an_absence_note_stops_nothing_and_calls_nobody(tmp_path):
    making.customer(email="customer@mail.example")
    making.run_day(tmp_path)
    for n in range(3):
        take(mail("I am out of office until Monday.", Auto_Submitted="auto-replied", id=f"<{n}@x.example>"))
    work(tmp_path)
    with scope("all"):
        assert Outbox.objects.get().state == "sent" and not Task.objects.exists() and not Hold.objects.exists()
        assert Inbound.objects.filter(automatic=True, handled_at=NOW).count() == 3


def test_a_hundred_mails_are_kept_and_wait_as_few_tasks():
    making.customer(email="customer@mail.example")
    for n in range(12):
        take(mail("Hello? When will you answer my question?", id=f"<{n}@x.example>"))
    with scope("all"):
        assert Inbound.objects.count() == 12 and Task.objects.count() == 5


def test_the_same_mail_again_changes_nothing():
    making.customer(email="customer@mail.example")
    content = mail("Is VAT included?")
    assert take(content)[0].new and not take(content, at=NOW + timedelta(hours=1))[0].new
    with scope("all"):
        assert (Inbound.objects.count(), Task.objects.count(), Contact.objects.filter(direction="in").count()) == (
            1,
            1,
            1,
        )


def test_whose_it_is():
    """By thread before address; by what the words name where an address is two customers'; nobody's where it is unknown."""
    one = making.customer(email="shared@mail.example", late=(8,))
    two = making.customer(email="shared@mail.example", late=(8,))
    both, named = (
        mail("A question", sender="shared@mail.example"),
        mail(f"About {two.ref}-1", sender="shared@mail.example"),
    )
    take(both), take(named), take(mail("Hello there", sender="stranger@mail.example"))
    take(mail(f"Our accountant asked about {one.ref}-1", sender="new@mail.example"))
    with scope("all"):
        about = {i.sender + i.text[:5]: [] for i in Inbound.objects.all()}
        for row in InboundAbout.objects.order_by("customer_id"):
            i = Inbound.objects.get(shard=row.inbound_shard, id=row.inbound_id)
            about[i.sender + i.text[:5]].append((row.customer_id, row.how))
    assert about == {
        "shared@mail.exampleA que": [(one.id, "address"), (two.id, "address")],
        "shared@mail.exampleAbout": [(two.id, "reference")],
        "stranger@mail.exampleHello": [],
        "new@mail.exampleOur a": [(one.id, "reference")],
    }


def test_books_of_two_creditors_each_get_their_own_row():
    ours, theirs = making.creditor("Ours"), making.creditor("Theirs")
    making.customer(email="shared@mail.example", of=ours)
    making.customer(email="shared@mail.example", of=theirs)
    take(mail("A question", sender="shared@mail.example"))
    with scope([ours.id]):
        assert Inbound.objects.get().creditor_id == ours.id and InboundAbout.objects.count() == 1


def test_a_bounce_goes_to_the_next_address_within_the_minute(tmp_path, sent):
    made, message = sent
    with scope("all"):
        ContactPoint.objects.create(
            shard=made.shard, creditor_id=made.creditor_id, customer_id=made.id, kind="email", value="b@mail.example",
            rank=2, created_at=NOW,
        )  # fmt: skip
    from tests.actions.test_receipts import report

    take(report(message.message_id, "failed", "5.1.1"), at=NOW + timedelta(seconds=20))
    transport = Scripted()
    with scope("all"):
        new = Outbox.objects.get(state="due")
    assert new.due_at <= NOW + timedelta(minutes=1) and only(Task).kind == "bad_address"
    work(tmp_path, transport, at=NOW + timedelta(days=3))
    assert [m.to for m in transport.mails] == ["b@mail.example"]


def test_a_reader_who_calls_it_junk_hears_no_more(sent):
    _, message = sent
    arf = (
        "From: <fbl@mail.example>\nSubject: complaint\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is a complaint.\n--b\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: abuse\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: {message.message_id}\n\nx\n--b--\n"
    )
    report, state = take(arf.encode())
    assert (report.kind, state, only(Task).kind, only(Consent).given) == ("complained", "sent", "complained", False)


def _strange() -> dict[str, bytes]:
    plain = mail("Please see the attached remittance.")
    with_files = EmailMessage()
    with_files["From"], with_files["Message-ID"] = "customer@mail.example", "<files@x.example>"
    with_files.set_content("Here it is")
    with_files.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="rem/../it.pdf")
    with_files.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="invoice.pdf.exe")
    with_files.add_attachment("BEGIN:VCALENDAR\nEND:VCALENDAR", subtype="calendar", filename="invite.ics")
    body = b"Paid on Monday\x00"
    attribute = b"\x01" + (0x0002800C).to_bytes(4, "little") + len(body).to_bytes(4, "little") + body + b"\x00\x00"
    tnef = EmailMessage()
    tnef["From"], tnef["Message-ID"] = "customer@mail.example", "<tnef@x.example>"
    tnef.make_mixed()
    part = MIMEApplication(b"\x78\x9f\x3e\x22\x01\x00" + attribute, "ms-tnef", name="winmail.dat")
    tnef.attach(part)
    wrong = b"From: customer@mail.example\nMessage-ID: <w@x>\nContent-Type: text/plain; charset=klingon\n\n\xe9t\xe9 pay\xe9\n"
    thread = mail(
        "We will pay on Friday.\n\nOn Mon, 2 Nov 2026, Fernleigh wrote:\n" + "> please pay the invoice\n" * 220_000
    )
    return {
        "plain": plain,
        "html with scripts": mail(
            "<p>We <b>paid</b></p><script>fetch('http://x')</script>", html=True, id="<h@x.example>"
        ),
        "attachments": with_files.as_bytes(),
        "winmail.dat": tnef.as_bytes(),
        "wrong charset": wrong,
        "5 MB of thread": thread,
        "emoji": mail("🙏🙏", id="<e@x.example>"),
        "empty": mail("", id="<0@x.example>", subject=""),
        "headers that make no sense": b"From: customer@mail.example\nSubject: =?utf-8?b?/////?=\nReferences: <<<>>\nDate: x\n\nhi",
        "half a mail": plain[: len(plain) // 2],
    }


@pytest.mark.parametrize("name", _strange().keys())
def test_strange_mail_is_taken_in(name):
    making.customer(email="customer@mail.example")
    (taken,) = take(_strange()[name])
    row = taken.inbound
    assert taken.new and InboundAbout.objects is not None
    if name == "html with scripts":
        assert row.text == "We paid" and "already_paid" in row.labels
    if name == "attachments":
        assert [(f["name"], f["kept"]) for f in row.attachments] == [
            ("rem_.._it.pdf", True),
            ("invoice.pdf.exe", False),
            ("invite.ics", True),
        ]
    if name == "winmail.dat":
        assert row.text == "Paid on Monday"
    if name == "wrong charset":
        assert row.text.strip() == "été payé"
    if name == "5 MB of thread":
        assert row.trimmed and len(row.text) <= 100_000 and "promise_to_pay" in row.labels


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 100, b"x" * (31 * 1024 * 1024), b"Subject: nobody\n\nhi"],
    ids=["empty", "zeros", "huge", "nobody"],
)
def test_what_nobody_wrote_is_said_to_be_unreadable(content):
    with pytest.raises(Unreadable):
        take(content)


def test_leave_to_text_is_not_leave_to_mail(sent):
    made, _ = sent
    with scope("all"):
        give(Said(made.shard, made.creditor_id, made.id, "sms", "call"), now=NOW)
        assert Consent.objects.filter(channel="email").count() == 0


def _dump():
    """Every text in the book, as whoever opens the database reads it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from (row[0] for row in cursor.fetchall())
