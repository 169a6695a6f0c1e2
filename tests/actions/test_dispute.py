"""Disputes from first word to answer; invoices that never came; fees waived; write-offs with four eyes; late charges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from duecourse.actions.adjust import CannotAdjust, Change, adjust, thank, waive_all, write_off
from duecourse.actions.allow import allow
from duecourse.actions.approve import NewApproval, ask
from duecourse.actions.charge_late import charge_late
from duecourse.actions.dispute import NewDispute, NotPossible, bring, close_dispute, open_dispute, take_over
from duecourse.actions.hear_customer import Caller
from duecourse.actions.hear_dispute import hear_dispute
from duecourse.actions.hold import NewHold, lift, place
from duecourse.actions.never_received import never_received
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.models import Approval, ContactPoint, Credit, Debt, Dispute, Entry, Evidence, Hold, Outbox, Task
from duecourse.records.tenancy import scope
from tests.actions.test_hold import verdict
from tests.actions.ways import SAM, who
from tests.making import NOW, TODAY, Made, creditor, customer, pay

pytestmark = pytest.mark.usefixtures("book")


def said(made: Made, **more) -> NewDispute:
    return NewDispute(*who(made), **{"reason": "goods", "form": "email", "received": TODAY, "opened_by": "the customer",
                                     "debt_id": made.debts[0], "words": "Two of the ovens are dented", **more})  # fmt: skip


def test_a_dispute_holds_at_once_has_a_clock_and_ends_with_an_answer() -> None:
    made = customer(late=(40,), amounts=(30_000,))
    assert verdict(made)[0] == "contact"
    with scope("all"):
        found = open_dispute(said(made), now=NOW)
        assert open_dispute(said(made, words="And one is missing"), now=NOW).id == found.id
        assert Evidence.objects.get().words == "And one is missing"
        assert (found.answer_by, Task.objects.get().due_at.date()) == (TODAY + timedelta(days=14),) * 2
    assert verdict(made) == ("wait", "hold:debts")
    with scope("all"):
        assert take_over(made.shard, found.id, owner="Priya") and Task.objects.get().owner == "Priya"
        with pytest.raises(NotPossible, match="More would be taken off"):
            close_dispute(made.shard, found.id, "upheld", answer="Sorry.", by="Priya", now=NOW, credit_minor=30_001)
        with pytest.raises(NotPossible, match="what the customer will read"):
            close_dispute(made.shard, found.id, "upheld", answer=" ", by="Priya", now=NOW)
        with pytest.raises(NotPossible, match="where the customer is right"):
            close_dispute(made.shard, found.id, "rejected", answer="No.", by="Priya", now=NOW, credit_minor=1)
        closed = close_dispute(made.shard, found.id, "partly", answer="You are right about two ovens.", by="Priya", now=NOW,
                               credit_minor=8_000)  # fmt: skip
        debt = Debt.objects.get(id=made.debts[0])
        assert (debt.open_minor, closed.adjusted_minor) == (22_000, 8_000)
        assert (
            debt.due_date == TODAY + timedelta(days=14) and debt.round == 2
        )  # softly, never straight to the last letter
        message = Outbox.objects.get(purpose="answer")
        assert message.context["words"].startswith("You are right") and message.step == "dispute_partly"
        assert Task.objects.get().closed_at == NOW and Hold.objects.get().until_at == NOW
        with pytest.raises(NotPossible, match="already"):
            close_dispute(made.shard, found.id, "rejected", answer="No.", by="Sam", now=NOW)
        assert open_dispute(said(made), now=NOW).id != found.id  # another dispute is another row
    assert verdict(made) == ("wait", "hold:debts")


@pytest.mark.parametrize("wrong", [{"reason": "mood"}, {"form": "owl"}, {"debt_id": 1}], ids=["reason", "form", "debt"])
def test_what_is_no_dispute_is_refused(wrong: dict) -> None:
    made = customer()
    with scope("all"), pytest.raises(NotPossible):
        open_dispute(said(made, **wrong), now=NOW)


def test_one_hold_serves_two_disputes_and_ends_with_the_last() -> None:
    made = customer()
    with scope("all"):
        first = open_dispute(said(made), now=NOW)
        second = open_dispute(said(made, reason="amount"), now=NOW)
        assert first.hold_id == second.hold_id
        close_dispute(made.shard, first.id, "withdrawn", answer="Thank you for telling us.", by="Priya", now=NOW)
        assert Hold.objects.get().until_at is None
        with pytest.raises(NotPossible, match="words or a file"):
            bring(second, by="the customer", now=NOW)
        close_dispute(made.shard, second.id, "rejected", answer="We counted again.", by="Priya", now=NOW)
        assert Hold.objects.get().until_at == NOW


def test_an_invoice_that_never_came_is_sent_again_and_costs_nothing() -> None:
    """T-b: to the right address, the due date begins anew, the fee is waived, the cause is kept for billing."""
    made = customer(late=(25,), amounts=(30_000,))
    with scope("all"):
        adjust(made.shard, made.debts[0], Change("fee", 1_500, "fee:1", "late fee"), by="policy", now=NOW)
        due = never_received(who(made), made.debts[0], cause="wrong_address", form="phone", by="Priya", now=NOW,
                             email="new@mail.example")  # fmt: skip
        debt = Debt.objects.get(id=made.debts[0])
        assert due == debt.due_date == TODAY + timedelta(days=30) and debt.round == 2 and debt.open_minor == 30_000
        message = Outbox.objects.get()
        assert (message.purpose, message.step) == ("answer", "invoice_again")
        assert ContactPoint.objects.get(id=message.contact_point_id).value == "new@mail.example"
        found = Dispute.objects.get()
        assert (found.reason, found.words, found.outcome, found.owner, found.adjusted_minor) == (
            "no_invoice", "It went to an address that is not theirs", "upheld", "billing", 1_500)  # fmt: skip
        assert never_received(who(made), made.debts[0], cause="bounced", form="phone", by="Priya", now=NOW) == due
        assert Outbox.objects.count() == 1
        with pytest.raises(ValueError):
            never_received(who(made), made.debts[0], cause="gremlins", form="phone", by="Priya", now=NOW)
    assert verdict(made) == ("nothing", "not_due")


def test_an_invoice_that_is_sent_again_leaves_another_dispute_its_hold() -> None:
    made = customer(late=(25,))
    with scope("all"):
        other = open_dispute(said(made), now=NOW)
        never_received(who(made), made.debts[0], cause="not_found", form="portal", by="the customer", now=NOW)
        assert (Hold.objects.get().id, Hold.objects.get().until_at) == (other.hold_id, None)
    assert verdict(made) == ("wait", "hold:debts")


def test_words_of_harm_with_an_invoice_that_never_came_reach_a_person_and_no_machine_answers() -> None:
    made = customer()
    caller = Caller(made.shard, made.creditor_id, made.id)
    with scope("all"):
        heard = hear_dispute(
            caller, "no_invoice", "I cannot go on, I want to end my life", debt_id=made.debts[0], now=NOW
        )
        assert heard.answer_by and heard.due is None and Outbox.objects.count() == 0
        assert Dispute.objects.get().words == ""


def test_a_card_number_in_an_answer_is_kept_and_sent_masked() -> None:
    made = customer()
    with scope("all"):
        found = open_dispute(said(made), now=NOW)
        answer = "We paid 10.00 back to 4111 1111 1111 1111."
        closed = close_dispute(made.shard, found.id, "rejected", answer=answer, by="Priya", now=NOW)
        told = Outbox.objects.get(purpose="answer").context["words"]
    assert told == closed.answer and "1111 1111" not in told and told.startswith("We paid 10.00 back")


def test_fees_and_interest_are_waived_as_far_as_they_are_open() -> None:
    made = customer(amounts=(10_000,))
    with scope("all"):
        for kind, minor in (("fee", 500), ("interest", 300)):
            assert adjust(made.shard, made.debts[0], Change(kind, minor, kind, "late"), by="policy", now=NOW)
        assert not adjust(made.shard, made.debts[0], Change("fee", 500, "fee", "late"), by="policy", now=NOW)  # once
        with pytest.raises(CannotAdjust, match="Less fee is open"):
            adjust(made.shard, made.debts[0], Change("waive_fee", 501, "w", "kind"), by="Priya", now=NOW)
        assert waive_all(made.shard, made.debts[0], why="kind", key="w1", by="Priya", now=NOW) == 800
        assert waive_all(made.shard, made.debts[0], why="kind", key="w2", by="Priya", now=NOW) == 0
        assert Debt.objects.get(id=made.debts[0]).open_minor == 10_000
        with pytest.raises(CannotAdjust, match="by hand"):
            adjust(made.shard, made.debts[0], Change("write_off", 1, "x", "y"), by="Priya", now=NOW)
        thank(who(made), 250, "GBP", key="t", why="six in a row", now=NOW)
        assert Credit.objects.get().amount_minor == 250


def test_a_write_off_needs_two_people() -> None:
    made = customer(amounts=(10_000,))
    with scope("all"):
        asked = ask(
            NewApproval(*who(made), "write_off", made.debts[0], "GBP", 10_000, "They have closed for good", 1, "Priya"),
            now=NOW,
        )
        with pytest.raises(CannotAdjust):
            write_off(asked, now=NOW)
        allow(made.shard, asked.id, granted=True, by=SAM, now=NOW)
        assert (
            Debt.objects.get(id=made.debts[0]).open_minor == 0 and Entry.objects.filter(kind="write_off").count() == 1
        )
        assert Approval.objects.get().decided_by == "Sam"


def test_a_yes_that_cannot_be_carried_out_is_not_kept_as_a_decision() -> None:
    made = customer(amounts=(10_000,))
    with scope("all"):
        new = NewApproval(
            *who(made), "write_off", made.debts[0], "GBP", 10_001, "They have closed for good", 1, "Priya"
        )
        asked = ask(new, now=NOW)
        with pytest.raises(CannotAdjust):
            allow(made.shard, asked.id, granted=True, by=SAM, now=NOW)
    with scope("all"):  # the page goes on after the error, and its transaction is kept
        assert Approval.objects.get().decided_at is None and Task.objects.get().closed_at is None


def test_canary_a_write_off_that_names_no_approval_is_refused_by_the_database() -> None:
    made = customer(amounts=(10_000,))
    legs = (PostLeg("writeoff", 500), PostLeg("receivable", -500, made.debts[0]))
    with pytest.raises(IntegrityError, match="second person"), scope("all"):
        post([Posting(*who(made), "write_off", TODAY, NOW, "GBP", "write_off:1", legs)])


def test_late_charges_are_entries_once_and_never_a_persons() -> None:
    until = date(2026, 6, 30)
    firm = customer(late=(300,), amounts=(100_000,))  # due on 2026-01-28: 3.75 + 8 for life
    with scope("all"):
        booked = charge_late(firm.shard, firm.debts[0], until=until, by="policy", now=NOW)
        assert booked == {
            "interest": 100_000 * 1175 * (until - date(2026, 1, 29)).days // 365 // 10_000,
            "compensation": 7_000,
        }
        assert charge_late(firm.shard, firm.debts[0], until=until, by="policy", now=NOW) == {}
        person = customer(late=(300,), amounts=(100_000,), kind="person")
        assert charge_late(person.shard, person.debts[0], until=until, by="policy", now=NOW) == {}
        american = customer(late=(300,), amounts=(100_000,), of=creditor("Elm", country="US"))
        assert charge_late(american.shard, american.debts[0], until=until, by="policy", now=NOW) == {}


def test_part_payments_stop_interest_on_what_was_paid() -> None:
    made = customer(late=(300,), amounts=(100_000,))
    pay(made, made.debts[0], 100_000, booked=date(2026, 3, 1))
    with scope("all"):
        booked = charge_late(made.shard, made.debts[0], until=date(2026, 6, 30), by="policy", now=NOW)
        assert booked == {
            "interest": 100_000 * 1175 * 31 // 365 // 10_000
        }  # 29 January to 28 February; no fixed sum once it is paid


def test_a_debt_that_a_bank_opened_again_begins_softly_once_somebody_looked() -> None:
    made = customer(late=(90,), amounts=(10_000,))
    with scope("all"):
        hold = place(NewHold(*who(made), "dispute", "gateway cards: DC-1", debt_id=made.debts[0]), now=NOW)
        hold.refresh_from_db()
        lift(made.shard, hold.id, by="Priya", why="They paid by mistake", now=NOW)
        debt = Debt.objects.get(id=made.debts[0])
        assert debt.round == 2 and debt.due_date == TODAY + timedelta(days=14)
    assert verdict(made) == ("nothing", "not_due")
