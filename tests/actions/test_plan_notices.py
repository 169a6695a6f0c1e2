"""Words about a plan, sent: through the same last look and gate as every message; what is paid meanwhile is not mentioned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duecourse.actions.dispute import close_dispute, open_dispute
from duecourse.actions.follow_plans import follow_plans
from duecourse.actions.hold import NewHold, place
from duecourse.records import snapshot
from duecourse.records.models import Message, Outbox
from duecourse.records.tenancy import scope
from tests.actions.test_dispute import said
from tests.actions.test_send import work
from tests.actions.ways import agreed, who
from tests.making import NOW, Made, customer, pay

pytestmark = pytest.mark.usefixtures("book")


def followed(made: Made, n: int) -> None:
    at = NOW + timedelta(days=n)
    book = snapshot.of_customers([made.key], at=at)
    with scope("all"):
        follow_plans(book, now=at)


def words_of(purpose: str) -> str:
    with scope("all"):
        return Message.objects.get(outbox_id=Outbox.objects.get(purpose=purpose).id).text


def test_what_was_agreed_goes_out_in_writing_and_so_do_the_reminder_and_the_check_in(tmp_path) -> None:
    made = customer(amounts=(30_000,))
    agreed(made)
    assert work(tmp_path).counts["accepted"] == 1
    assert "£300.00" in words_of("plan_agreed") and "£100.00" in words_of("plan_agreed")
    followed(made, 6)
    assert work(tmp_path, at=NOW + timedelta(days=6)).counts["accepted"] == 1
    assert "£100.00" in words_of("plan_reminder")
    followed(made, 13)
    assert work(tmp_path, at=NOW + timedelta(days=13)).counts["accepted"] == 1
    check_in = words_of("plan_check_in")
    assert "£100.00" in check_in and "overdue" not in check_in.lower()


@pytest.mark.parametrize("stop", ["paid", "dispute", "hardship"])
def test_a_word_about_a_plan_is_not_sent_when_something_came_between(tmp_path, stop: str) -> None:
    made = customer(amounts=(30_000,))
    agreed(made)
    work(tmp_path)
    followed(made, 13)
    if stop == "paid":
        pay(made, made.debts[0], 10_000)
    else:
        with scope("all"):
            place(NewHold(*who(made), stop, "Priya", debt_id=made.debts[0] if stop == "dispute" else None), now=NOW)
    sent = work(tmp_path, at=NOW + timedelta(days=13))
    assert (sent.counts["accepted"], sent.counts["refused"]) == (0, 1)
    with scope("all"):
        assert Outbox.objects.get(purpose="plan_check_in").why == "instalment_settled"


def test_our_answer_to_a_dispute_is_read_by_the_customer(tmp_path) -> None:
    made = customer(amounts=(30_000,))
    with scope("all"):
        found = open_dispute(said(made), now=NOW)
        close_dispute(
            made.shard,
            found.id,
            "partly",
            answer="You are right about two ovens.",
            by="Priya",
            now=NOW,
            credit_minor=8_000,
        )
    assert work(tmp_path).counts["accepted"] == 1
    text = words_of("answer")
    assert "You are right about two ovens." in text and "£80.00" in text and "£220.00" in text
