"""Late words about a message: receipts clear the tray, bounces end an address and call for a person."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from duecourse.actions.hear_receipt import UnknownMessage, hear
from duecourse.connectors.channels.delivery_report import NotAReport, parse
from duecourse.connectors.channels.email import Outcome
from duecourse.records.models import ContactPoint, Message, Outbox, Receipt, Reminder, Task
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.test_send import Scripted, only, work
from tests.making import NOW

pytestmark = pytest.mark.usefixtures("book")


def report(message_id: str, action: str, status: str, *, headers_only: bool = False) -> bytes:
    """A report as a mail server writes one (RFC 3464)."""
    original = f"Message-ID: {message_id}\nSubject: A note\n"
    whole = original + "\nbody\n"
    part = (
        f"Content-Type: text/rfc822-headers\n\n{original}"
        if headers_only
        else f"Content-Type: message/rfc822\n\n{whole}"
    )
    return (
        "From: MAILER-DAEMON@mail.example\nSubject: Delivery report\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is the mail system.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\n"
        f"Final-Recipient: rfc822; c@mail.example\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 secret words\n\n"
        f"--b\n{part}\n--b--\n"
    ).encode()  # fmt: skip


@pytest.fixture
def in_doubt(tmp_path):
    making.customer()
    making.run_day(tmp_path)
    work(tmp_path, Scripted((Outcome.UNKNOWN, "lost")))
    return only(Message)


@pytest.mark.parametrize("headers_only", [True, False])
def test_a_delivery_receipt_clears_the_doubt(in_doubt, headers_only):
    told = parse(report(in_doubt.message_id, "delivered", "2.0.0", headers_only=headers_only))
    assert hear(told, said_by="mail server", now=NOW) == "sent"
    assert hear(told, said_by="mail server", now=NOW) == "sent"
    assert only(Outbox).state == "sent"
    with scope("all"):
        assert list(Receipt.objects.order_by("id").values_list("kind", flat=True)) == ["unknown", "delivered"]


def test_a_bounce_ends_the_address_frees_the_step_and_calls_a_person(in_doubt):
    assert hear(parse(report(in_doubt.message_id, "failed", "5.1.1")), said_by="mail server", now=NOW) == "failed"
    assert (only(ContactPoint).ended_why, only(Reminder).void, only(Task).kind) == (
        "bounced 5.1.1",
        True,
        "bad_address",
    )
    assert only(Outbox).why == "bounced 5.1.1"


def test_a_delay_is_kept_and_changes_nothing(in_doubt):
    assert hear(parse(report(in_doubt.message_id, "delayed", "4.4.1")), said_by="mail server", now=NOW) == "uncertain"


def test_a_report_about_somebody_elses_message_is_left_alone(book):
    with pytest.raises(UnknownMessage):
        hear(parse(report("<x@elsewhere.example>", "failed", "5.1.1")), said_by="x", now=NOW)


def test_what_is_not_a_report_is_said():
    plain = EmailMessage()
    plain.set_content("hello")
    for content in (b"", b"\xff\xfe\x00", plain.as_bytes(), b"x" * (5 * 1024 * 1024 + 1)):
        with pytest.raises(NotAReport):
            parse(content)
