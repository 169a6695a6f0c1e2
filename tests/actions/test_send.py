"""From a decision to a message, and the last look before it goes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from duecourse.actions.send import Sender, send_batch
from duecourse.actions.transport import OneChannel, Sandbox
from duecourse.actions.worker import Worker
from duecourse.connectors.channels.email import Outcome, ServerDown
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.models import (
    Attempt,
    Consent,
    Contact,
    ContactPoint,
    Hold,
    Message,
    Outbox,
    Payment,
    Promise,
    Receipt,
    Reminder,
    Task,
)  # fmt: skip
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW

pytestmark = pytest.mark.usefixtures("book")


class Scripted(OneChannel):
    """A transport that answers as it is told, and keeps what it was given."""

    sandbox = False

    def __init__(self, *answers):
        self.answers = list(answers)
        self.mails = []

    def send(self, mail, content):
        answer = self.answers.pop(0) if self.answers else (Outcome.ACCEPTED, "250")
        if isinstance(answer, Exception):
            raise answer
        self.mails.append(mail)
        return answer


def work(tmp_path, transport=None, *, at=NOW, clock=None):
    with Worker(tmp_path / "flight") as worker:
        return send_batch(
            Sender(
                worker=worker, transport=transport or Sandbox(), base_url="http://localhost:8000", mail_from="", rules=Rulebook.load,
                clock=clock or (lambda: at),
            )
        )  # fmt: skip


def only(model):
    with scope("all"):
        return model.objects.get()


def test_a_reminder_says_amount_what_for_by_when_how_to_pay_and_how_to_ask_for_help(tmp_path):
    made = making.customer(late=(8, 15), amounts=(12_345, 5_000), name="Maya Ltd")
    making.run_day(tmp_path)
    result = work(tmp_path)
    assert result.counts == {"accepted": 1, "refused": 0, "deferred": 0, "failed": 0}
    message, outbox = only(Message), only(Outbox)
    assert outbox.state == "sent" and message.subject == "A note from Fernleigh Kitchen Supplies"
    for part in (message.text, message.html):
        assert "173.45" in re.sub(r"<[^>]+>", "", part) and f"{made.ref}-1" in part and f"{made.ref}-2" in part
        assert re.search(r"http://localhost:8000/p/[^/\s\"]+/", part)
        assert "/help/" in part and "/wrong/" in part and "/why/" in part and "/stop/" in part
        assert "Tuesday 1 December" in part
    assert (only(Attempt).sandbox, only(Contact).outcome, only(Receipt).kind) == (True, "attempted", "accepted")


def test_a_payment_a_second_before_stops_the_message_and_says_why(tmp_path):
    made = making.customer(late=(8,), amounts=(12_345,))
    making.run_day(tmp_path)
    making.pay(made, made.debts[0], 12_345)
    transport = Scripted()
    assert work(tmp_path, transport).counts["refused"] == 1
    outbox = only(Outbox)
    assert (outbox.state, outbox.why, transport.mails) == ("refused", "nothing_open", [])
    with scope("all"):
        assert Reminder.objects.get().void and not Attempt.objects.exists() and not Contact.objects.exists()


def test_a_part_payment_is_told_as_it_is_now(tmp_path):
    made = making.customer(late=(8,), amounts=(12_345,))
    making.run_day(tmp_path)
    making.pay(made, made.debts[0], 345)
    work(tmp_path)
    assert "£120.00" in only(Message).text


STOPS = {
    "hold": lambda m, base: Hold.objects.create(**base, kind="dispute", placed_by="x", from_at=NOW),
    "hardship": lambda m, base: Hold.objects.create(**base, kind="hardship", placed_by="x", from_at=NOW),
    "promise": lambda m, base: Promise.objects.create(
        **base, currency="GBP", amount_minor=1, by_date=making.TODAY, channel="phone", taken_by="x", made_at=NOW
    ),
    "payment under way": lambda m, base: Payment.objects.create(
        **base,
        gateway="sandbox",
        currency="GBP",
        amount_minor=1,
        key="k",
        state="pending",
        created_at=NOW,
        updated_at=NOW,
    ),
    "opt-out": lambda m, base: Consent.objects.create(**base, channel="email", given=False, source="reply", at=NOW),
    "address ended": lambda m, base: ContactPoint.objects.filter(id=m.point_id).update(
        ended_at=NOW, ended_why="bounced"
    ),
}


@pytest.mark.parametrize("stop", STOPS)
def test_whatever_happened_since_the_plan_is_seen(tmp_path, stop):
    made = making.customer()
    making.run_day(tmp_path)
    with scope("all"):
        STOPS[stop](made, {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id})
    transport = Scripted()
    work(tmp_path, transport)
    assert transport.mails == [] and only(Outbox).state == "refused"


def test_a_closed_window_defers_and_uses_nothing_up(tmp_path):
    making.customer()
    making.run_day(tmp_path)
    night = NOW.replace(hour=22)
    assert work(tmp_path, at=night).counts["deferred"] == 1
    outbox = only(Outbox)
    assert outbox.state == "due" and outbox.due_at > night and "HOUSE-HOURS" in outbox.why
    assert not only(Reminder).void


def test_a_customer_whom_someone_else_holds_is_left_for_the_next_look(tmp_path):
    making.customer()
    making.run_day(tmp_path)
    from django.db import connections

    made = only(Outbox)
    other = connections["owner"]
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM customer WHERE id = %s FOR UPDATE", [made.customer_id])
        assert work(tmp_path).claimed == 0
    finally:
        other.rollback()
        other.set_autocommit(True)
    assert work(tmp_path).counts["accepted"] == 1


def test_an_answer_of_unknown_goes_to_the_uncertain_tray_and_is_never_sent_again(tmp_path):
    making.customer()
    making.run_day(tmp_path)
    work(tmp_path, Scripted((Outcome.UNKNOWN, "lost")))
    assert only(Outbox).state == "uncertain"
    assert work(tmp_path, at=NOW + timedelta(days=2)).claimed == 0
    assert making.run_day(tmp_path, at=NOW + timedelta(days=7)).whys == {"message_waiting": 1}


def test_a_refusal_for_good_becomes_a_task_and_frees_the_step(tmp_path):
    making.customer()
    making.run_day(tmp_path)
    work(tmp_path, Scripted((Outcome.REFUSED, "550 5.1.1")))
    assert (only(Outbox).state, only(Outbox).why, only(Task).kind, only(Reminder).void) == (
        "failed",
        "550 5.1.1",
        "bad_address",
        True,
    )


def test_a_server_that_is_down_loses_nothing_and_counts_one_contact(tmp_path):
    making.customer(), making.customer()
    making.run_day(tmp_path)
    result = work(tmp_path, Scripted(ServerDown("ConnectionRefusedError")))
    assert result.server_down and result.counts["not_now"] == 2
    with scope("all"):
        assert set(Outbox.objects.values_list("state", flat=True)) == {"due"}
    later = NOW + timedelta(minutes=6)
    assert work(tmp_path, at=later).counts["accepted"] == 2
    with scope("all"):
        assert Contact.objects.count() == 2 and Attempt.objects.count() == 4


def test_a_mark_that_grew_old_is_looked_at_again_instead_of_sent(tmp_path):
    making.customer(), making.customer()
    making.run_day(tmp_path)
    times = iter([NOW, NOW, NOW + timedelta(seconds=31), NOW + timedelta(seconds=31)])
    transport = Scripted()
    result = work(tmp_path, transport, clock=lambda: next(times))
    assert len(transport.mails) == 1 and result.counts["not_now"] == 1


def test_a_name_with_a_line_break_cannot_write_headers(tmp_path):
    making.customer(email="a@b.example\r\nBcc: x@y.example")
    making.run_day(tmp_path)
    transport = Scripted()
    work(tmp_path, transport)
    assert transport.mails == [] and only(Outbox).state == "failed" and only(Task).kind == "cannot_write"


def test_a_customer_without_any_address_is_a_task_not_silence(tmp_path):
    making.customer(email=None)
    day = making.run_day(tmp_path)
    assert day.verdicts == {"task": 1} and only(Task).kind == "no_contact_point"
    making.run_day(tmp_path, at=NOW + timedelta(days=1))
    assert only(Task).kind == "no_contact_point"
