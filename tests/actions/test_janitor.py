"""Payments that hang are asked about until they are final, whatever state the gateway is in.

P9 runs here in a quick size; `DUECOURSE_JANITOR=10000` runs it in full, and `-s` prints the figures.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from duecourse.actions import ask_gateway
from duecourse.actions.ask_gateway import ASK_AFTER, CLOSE_AFTER, ask_pending, latest
from duecourse.actions.pay import CannotPay, start_payment
from duecourse.actions.post_payment import take
from duecourse.connectors.gateways.errors import Refused, Unreachable, Unsure
from duecourse.connectors.gateways.port import Charge, Event, Kind, Started
from tests.actions.paying import NOW, Double, Held, entries_of, open_of, owes, rows, tasks, wiring
from tests.conftest import Book

MAY = date(2026, 5, 1)
SIZE = int(os.environ.get("DUECOURSE_JANITOR", "120"))


@pytest.fixture
def gateway(book: Book) -> Iterator[Double]:
    double = Double()
    with wiring(double):
        yield double


def pending(gateway: Double):
    who = owes((300, MAY))
    start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/", now=NOW)
    return who


def states() -> list[str]:
    return [row[0] for row in rows("SELECT state FROM payment ORDER BY id")]


def test_a_webhook_that_never_came(gateway: Double) -> None:
    who = pending(gateway)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    assert ask_pending(now=NOW + ASK_AFTER - timedelta(seconds=1)) == {}
    assert ask_pending(now=NOW + ASK_AFTER) == {"succeeded": 1}
    assert (open_of(who), entries_of(who)) == ([0], [("payment", 300)])
    assert ask_pending(now=NOW + timedelta(days=1)) == {}


def test_one_that_waits_is_asked_again_and_closed_in_the_end(gateway: Double) -> None:
    pending(gateway)
    assert ask_pending(now=NOW + ASK_AFTER) == {"pending": 1}
    assert ask_pending(now=NOW + ASK_AFTER) == {}
    assert ask_pending(now=NOW + CLOSE_AFTER) == {"failed": 1}
    assert gateway.held["double_1"].kind is Kind.FAILED and states() == ["failed"]


def test_one_that_is_paid_at_the_last_moment_is_not_closed(gateway: Double) -> None:
    who = pending(gateway)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    assert ask_pending(now=NOW + CLOSE_AFTER) == {"succeeded": 1}
    assert open_of(who) == [0]


@pytest.mark.parametrize("error", [Unreachable("down"), Unsure("time ran out")])
def test_no_answer_means_ask_again(gateway: Double, error: Exception) -> None:
    pending(gateway)
    gateway.fail["ask"] = [error]
    assert ask_pending(now=NOW + ASK_AFTER) == {"no_answer": 1}
    assert states() == ["pending"]
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    assert ask_pending(now=NOW + 2 * ASK_AFTER) == {"succeeded": 1}


def test_a_dead_gateway_is_left_alone_until_the_next_round(gateway: Double) -> None:
    for _ in range(8):
        pending(gateway)
    gateway.told.clear()
    gateway.fail["ask"] = [Unsure("time ran out")] * 4 + [None] + [Unsure("time ran out")] * 3
    assert ask_pending(now=NOW + ASK_AFTER) == {"no_answer": 7, "pending": 1}
    gateway.fail["ask"] = [Unsure("time ran out")] * 99
    assert ask_pending(now=NOW + 2 * ASK_AFTER) == {"no_answer": 5}
    gateway.fail["ask"] = []
    assert ask_pending(now=NOW + 2 * ASK_AFTER) == {"pending": 3}


@pytest.mark.parametrize("lost", [Unreachable("down"), Unsure("the answer was lost")])
def test_one_that_was_interrupted_at_birth_is_closed(gateway: Double, lost: Exception) -> None:
    who = owes((300, MAY))
    gateway.fail["charge"] = [lost]
    with suppress(CannotPay):
        start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/", now=NOW)
    assert states() == ["new"]
    assert ask_pending(now=NOW + ASK_AFTER) == {"failed": 1}
    assert [held.kind for held in gateway.held.values()] == [Kind.FAILED]


def test_one_that_the_gateway_does_not_know_is_shown_to_a_person(gateway: Double) -> None:
    pending(gateway)
    gateway.fail["ask"] = [Refused("no_such_payment")]
    assert ask_pending(now=NOW + ASK_AFTER) == {"failed": 1}
    assert tasks() == ["payment_gone"]


def test_webhook_and_answer_that_contradict_each_other(gateway: Double) -> None:
    who = pending(gateway)
    take("double", [gateway.event("double_1", kind=Kind.FAILED)], now=NOW)
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED)], now=NOW)
    assert (states(), open_of(who)) == (["succeeded"], [0])


def test_a_failure_that_was_only_heard_of_is_asked_about_once(gateway: Double) -> None:
    who = pending(gateway)
    take("double", [gateway.event("double_1", kind=Kind.FAILED)], now=NOW)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    gateway.fail["cancel"] = [Unsure("time ran out")]
    assert ask_pending(now=NOW + ASK_AFTER) == {"no_answer": 1}
    assert ask_pending(now=NOW + 2 * ASK_AFTER) == {"succeeded": 1}
    assert (states(), open_of(who)) == (["succeeded"], [0])


def test_a_false_failure_of_a_payment_whose_answer_was_lost(gateway: Double) -> None:
    who = owes((300, MAY))
    gateway.fail["charge"] = [None, Unsure("the answer was lost")]
    start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/", now=NOW)
    rows("UPDATE payment SET state = 'new', gateway_ref = '', redirect_url = '' RETURNING id")
    take("double", [gateway.event("double_1", kind=Kind.FAILED)], now=NOW)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    assert states() == ["failed"]
    assert ask_pending(now=NOW + ASK_AFTER) == {"no_answer": 1}
    assert ask_pending(now=NOW + 2 * ASK_AFTER) == {"succeeded": 1}
    assert (open_of(who), len(gateway.held)) == ([0], 1)


def test_a_failure_that_is_confirmed_is_not_asked_about_again(gateway: Double) -> None:
    pending(gateway)
    gateway.held["double_1"].kind = Kind.FAILED
    take("double", [gateway.event("double_1")], now=NOW)
    assert ask_pending(now=NOW + ASK_AFTER) == {"failed": 1}
    assert ask_pending(now=NOW + 2 * ASK_AFTER) == {}


def test_the_page_after_paying_is_right_before_the_webhook(gateway: Double) -> None:
    who = pending(gateway)
    gateway.held["double_1"].kind = Kind.SUCCEEDED
    payment = latest(who, now=NOW)
    assert payment is not None and payment.state == "succeeded"
    gateway.told.clear()
    assert latest(who, now=NOW).state == "succeeded" and gateway.told == []
    assert latest(owes((1, MAY)), now=NOW) is None


def test_the_page_after_paying_shows_what_we_have_when_the_gateway_is_silent(gateway: Double) -> None:
    who = pending(gateway)
    gateway.fail["ask"] = [Unsure("time ran out")]
    assert latest(who, now=NOW).state == "pending"


class Wretched(Double):
    """Times out, breaks and forgets its answers, on every verb; its payers pay, leave or are declined."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice, self.hooks = dice, list[tuple[datetime, Event]]()

    def charge(self, charge: Charge) -> Started:
        return self._badly(super().charge, charge)

    def ask(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        return self._badly(super().ask, gateway_ref, now=now)

    def cancel(self, gateway_ref: str, *, now: datetime) -> tuple[Event, ...]:
        return self._badly(super().cancel, gateway_ref, now=now)

    def _badly(self, act: Any, *args: Any, **kwargs: Any) -> Any:
        luck = self.dice.random()
        if luck < 0.15:
            raise Unreachable("down")
        if luck < 0.25:
            raise Unsure("broke before it did anything")
        answer = act(*args, **kwargs)
        if luck < 0.40:
            raise Unsure("did it, and the answer was lost")
        return answer

    def live(self, now: datetime) -> None:
        """Ten minutes in the life of its payers; webhooks are lost, late, doubled or say the opposite first."""
        for ref, held in self.held.items():
            if held.kind is Kind.PENDING and self.dice.random() < 0.25:
                held.kind = self.dice.choice([Kind.SUCCEEDED, Kind.SUCCEEDED, Kind.FAILED])
                self._tell(ref, held, now)

    def _tell(self, ref: str, held: Held, now: datetime) -> None:
        if held.kind is Kind.SUCCEEDED and self.dice.random() < 0.1:
            self.hooks.append((now, self.event(ref, kind=Kind.FAILED, at=now)))
        for _ in range(self.dice.choice([0, 1, 1, 3])):
            self.hooks.append((now + timedelta(minutes=self.dice.randrange(600)), self.event(ref, at=now)))


def a_day(size: int, seed: int = 9) -> tuple[Wretched, Counter[str]]:
    """24 simulated hours: people start payments in the first six, the janitor looks every minute."""
    dice = random.Random(seed)
    gateway = Wretched(dice)
    people = [owes((dice.randrange(100, 9000), MAY)) for _ in range(size)]
    amounts = dict(rows("SELECT customer_id, amount_minor FROM debt"))
    counts: Counter[str] = Counter()
    with wiring(gateway):
        for step in range(24 * 6):
            now = NOW + timedelta(minutes=10 * step)
            for who in people[step * size // 36 : (step + 1) * size // 36]:
                for _ in range(dice.choice([1, 1, 2])):
                    with suppress(CannotPay):
                        start_payment(
                            who,
                            currency="GBP",
                            amount_minor=amounts[who.customer_id],
                            return_url="http://localhost/",
                            now=now,
                        )
            gateway.live(now)
            due, gateway.hooks = (
                [event for at, event in gateway.hooks if at <= now],
                [hook for hook in gateway.hooks if hook[0] > now],
            )
            for event in due:
                take("double", [event], now=now)
            for minute in range(10):
                counts.update(ask_pending(now=now + timedelta(minutes=minute)))
    return gateway, counts


def test_after_a_wretched_day_nothing_is_left_open_and_nobody_paid_twice(book: Book) -> None:
    gateway, counts = a_day(SIZE, seed=int(os.environ.get("DUECOURSE_SEED", "9")))
    assert set(states()) <= {"succeeded", "failed"}
    paid = sorted(held.charge.amount_minor for held in gateway.held.values() if held.kind is Kind.SUCCEEDED)
    booked = sorted(row[0] for row in rows("SELECT amount_minor FROM leg WHERE account = 'cash'"))
    assert booked == paid and len(paid) > SIZE // 5
    twice = rows("SELECT customer_id FROM entry WHERE kind = 'payment' GROUP BY customer_id HAVING count(*) > 1")
    assert twice == [] and counts["no_answer"] > 0
    print(f"\nP9: {len(states())} payments of {SIZE} people: 0 open, 0 paid twice, {len(paid)} paid; {dict(counts)}")


def test_canary_without_the_janitor_payments_hang(book: Book) -> None:
    with patch.object(ask_gateway, "_settle", lambda payment, now: "nothing"):
        a_day(40)
    assert {"new", "pending"} & set(states())
