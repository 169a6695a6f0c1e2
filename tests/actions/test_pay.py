"""Starting a payment: never more than is open, one at a time, and safe to repeat after anything."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from duecourse.actions.ask_gateway import latest
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.pay import CannotPay, start_payment
from duecourse.actions.pay_link import Opened
from duecourse.actions.post_payment import take
from duecourse.actions.warn_early import KIND
from duecourse.connectors.gateways.errors import Refused, Unreachable, Unsure
from duecourse.connectors.gateways.port import Kind
from duecourse.records.ledger.models import Payment
from duecourse.records.tenancy import scope
from tests.actions.paying import NOW, Double, credit_of, entries_of, open_of, owes, rows, tasks, wiring
from tests.conftest import Book

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def gateway(book: Book) -> Iterator[Double]:
    double = Double()
    with wiring(double):
        yield double


def pay(who: Opened, amount: int, **changes: object) -> Payment:
    wanted: dict[str, object] = {"currency": "GBP", "return_url": "http://localhost/p/x/paid/", "now": NOW}
    return start_payment(who, amount_minor=amount, **(wanted | changes))  # type: ignore[arg-type]


def payments() -> list[tuple]:
    return rows("SELECT state, gateway, gateway_ref, amount_minor FROM payment ORDER BY id")


def test_the_payer_goes_to_the_gateway_and_the_money_comes_in(gateway: Double) -> None:
    who = owes((300, MAY), (500, JUNE))
    payment = pay(who, 800)
    assert (payment.state, payment.redirect_url) == ("pending", "https://gateway.example/double_1")
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    assert latest(who, now=NOW).state == "succeeded"
    assert (open_of(who), credit_of(who), entries_of(who)) == ([0, 0], 0, [("payment", 800)])
    receipt = rows("SELECT purpose, template, context FROM outbox")
    assert [row[:2] for row in receipt] == [("receipt", "receipt")]
    assert (
        '"paid_minor": 800' in receipt[0][2] if isinstance(receipt[0][2], str) else receipt[0][2]["paid_minor"] == 800
    )
    assert rows("SELECT count(*) FROM debt WHERE closed_date IS NULL") == [(0,)]


def test_a_warning_ends_with_the_invoice_that_it_was_about(gateway: Double) -> None:
    who = owes((300, MAY), (500, JUNE))
    first, second = (row[0] for row in rows("SELECT id FROM debt ORDER BY due_date"))
    of = (who.shard, who.creditor_id, who.customer_id)
    with scope("all"):
        open_tasks([NewTask(*of, KIND, "May be paid late", f"{KIND}:{debt}") for debt in (first, second)], now=NOW)
    pay(who, 400)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    latest(who, now=NOW)
    closed = rows("SELECT key, outcome FROM task WHERE closed_at IS NOT NULL")
    assert closed == [(f"{KIND}:{first}", "paid")]  # the other is in part open


def test_the_gateway_is_told_nothing_of_the_debt(gateway: Double) -> None:
    pay(owes((300, MAY)), 300)
    charge = gateway.held["double_1"].charge
    assert charge.description == "Payment to Fernleigh Kitchen Supplies"
    assert "FK-" not in repr(charge) and "Customer" not in repr(charge)


@pytest.mark.parametrize(
    ("amount", "chosen", "kind"),
    [
        (0, [], "too_little"),
        (-5, [], "too_little"),
        (801, [], "too_much"),
        (301, [0], "too_much"),
        (300, [0], None),
        (1, [], None),
    ],
)
def test_never_more_than_is_open(gateway: Double, amount: int, chosen: list[int], kind: str | None) -> None:
    who = owes((300, MAY), (500, JUNE))
    ids = [row[0] for row in rows("SELECT id FROM debt ORDER BY due_date")]
    if kind is None:
        assert pay(who, amount, debts=[ids[i] for i in chosen]).amount_minor == amount
        return
    with pytest.raises(CannotPay) as caught:
        pay(who, amount, debts=[ids[i] for i in chosen])
    assert caught.value.kind == kind and caught.value.most_minor == (300 if chosen else 800)
    assert payments() == []


def test_a_debt_of_somebody_else_or_a_closed_one_cannot_be_paid(gateway: Double) -> None:
    who, other = owes((300, MAY)), owes((500, JUNE))
    theirs = rows("SELECT id FROM debt WHERE customer_id = %s", other.customer_id)[0][0]
    with pytest.raises(CannotPay, match="foreign_debt"):
        pay(who, 100, debts=[theirs])
    with pytest.raises(CannotPay, match="nothing_open"):
        pay(who, 100, currency="EUR")
    own = rows("SELECT id FROM debt WHERE customer_id = %s", who.customer_id)[0][0]
    pay(who, 300, debts=[own])
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED)], now=NOW)
    with pytest.raises(CannotPay, match="nothing_open"):
        pay(who, 300, debts=[own])


def test_named_debts_are_paid_in_the_order_they_were_named(gateway: Double) -> None:
    who = owes((300, MAY), (500, JUNE))
    may, june = (row[0] for row in rows("SELECT id FROM debt ORDER BY due_date"))
    pay(who, 600, debts=[june, may])
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED)], now=NOW)
    assert open_of(who) == [200, 0]


def test_two_tabs_at_once_are_one_payment(gateway: Double) -> None:
    who = owes((300, MAY))
    barrier, got, wrong = threading.Barrier(4), [], []

    def tab() -> None:
        try:
            barrier.wait()
            got.append(pay(who, 300).redirect_url)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab) for _ in range(4)]
    [one.start() for one in tabs]
    [one.join() for one in tabs]
    assert (wrong, set(got), len(gateway.held)) == ([], {"https://gateway.example/double_1"}, 1)
    assert payments() == [("pending", "double", "double_1", 300)]


def test_another_sum_closes_the_first_payment_at_the_gateway(gateway: Double) -> None:
    who = owes((300, MAY))
    pay(who, 300)
    second = pay(who, 100)
    assert gateway.held["double_1"].kind is Kind.FAILED and second.gateway_ref == "double_2"
    assert [row[0] for row in payments()] == ["failed", "pending"]


def test_a_first_payment_that_was_paid_meanwhile_counts(gateway: Double) -> None:
    who = owes((300, MAY))
    pay(who, 300)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    with pytest.raises(CannotPay, match="nothing_open"):
        pay(who, 100)
    assert open_of(who) == [0] and [row[0] for row in payments()] == ["succeeded"]


def test_a_closed_payment_that_is_paid_after_all_still_counts_and_is_shown_to_a_person(gateway: Double) -> None:
    who = owes((300, MAY))
    pay(who, 300)
    gateway.fail["cancel"] = [Unreachable("down")]
    pay(who, 100)
    for ref in ("double_1", "double_2"):
        take("double", [gateway.event(ref, kind=Kind.SUCCEEDED)], now=NOW)
    assert (open_of(who), credit_of(who), tasks()) == ([0], 100, ["payment_over"])
    # A late word that the closed one waits opens nothing again.
    take("double", [gateway.event("double_1", kind=Kind.DECLINED)], now=NOW)
    assert [row[0] for row in payments()] == ["succeeded", "succeeded"]


def test_a_declined_payment_can_be_tried_again(gateway: Double) -> None:
    who = owes((300, MAY))
    pay(who, 300)
    gateway.held["double_1"].kind = Kind.FAILED
    assert latest(who, now=NOW).state == "failed"
    assert pay(who, 300).gateway_ref == "double_2"


def test_the_next_gateway_takes_over(book: Book) -> None:
    first, second = Double("first"), Double("second")
    first.fail["charge"] = [Unreachable("down")]
    with wiring(first, second):
        who = owes((300, MAY))
        assert pay(who, 300).gateway == "second"
        # The first one took money for it all the same: nothing is lost, and a person sees it.
        first.charge(second.held["second_1"].charge)
        take("second", [second.event("second_1", kind=Kind.SUCCEEDED)], now=NOW)
        take("first", [first.event("first_1", kind=Kind.FAILED)], now=NOW)
        assert [row[0] for row in payments()] == ["succeeded"]
        take("first", [first.event("first_1", kind=Kind.SUCCEEDED)], now=NOW)
        assert (open_of(who), credit_of(who), tasks()) == ([0], 300, ["payment_over"])


def test_a_lost_answer_is_repeated_with_the_same_key(gateway: Double) -> None:
    who = owes((300, MAY))
    gateway.fail["charge"] = [Unsure("time ran out")]
    with pytest.raises(CannotPay, match="gateway_down"):
        pay(who, 300)
    assert payments() == [("new", "double", "", 300)]
    later = NOW + timedelta(minutes=1)
    assert pay(who, 300, now=later).gateway_ref == "double_1"
    assert len(gateway.held) == 1 and payments() == [("pending", "double", "double_1", 300)]


def test_a_gateway_that_says_no(gateway: Double) -> None:
    who = owes((300, MAY))
    gateway.fail["charge"] = [Refused("currency_not_supported")]
    with pytest.raises(CannotPay, match="refused"):
        pay(who, 300)
    assert [row[0] for row in payments()] == ["failed"]


def test_without_a_gateway(book: Book) -> None:
    with wiring(), pytest.raises(CannotPay, match="no_gateway"):
        pay(owes((300, MAY)), 300)


def test_a_gateway_is_never_called_inside_a_transaction(gateway: Double) -> None:
    who = owes((300, MAY))
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside any transaction"):
        pay(who, 300)
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside any transaction"):
        latest(who, now=NOW) or pay(who, 300)


def test_canary_the_database_itself_allows_one_open_payment(gateway: Double) -> None:
    who = owes((300, MAY))
    pay(who, 300)
    with pytest.raises(Exception, match="payment_one_open"):
        rows(
            "INSERT INTO payment (shard, creditor_id, customer_id, gateway, gateway_ref, currency, amount_minor, debts,"
            " key, state, return_url, redirect_url, created_at, updated_at) SELECT shard, creditor_id, customer_id,"
            " gateway, 'x', currency, 1, debts, 'x', 'new', '', '', now(), now() FROM payment RETURNING id"
        )


def test_the_database_itself_keeps_a_success(gateway: Double) -> None:
    pay(owes((300, MAY)), 300)
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED)], now=NOW)
    with pytest.raises(Exception, match="has succeeded and stays so"):
        rows("UPDATE payment SET state = 'failed' RETURNING id")
