"""Holds as intervals: no overlaps, made longer but never shorter, ended once, and seen by the decision at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duecourse.actions.consent import Said, give, withdraw
from duecourse.actions.hold import NewHold, lift, place
from duecourse.actions.note import log_call, write
from duecourse.actions.promise import NewPromise, take
from duecourse.actions.task import close, reopen
from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.records import snapshot
from duecourse.records.models import Consent, Customer, Hold, Task
from duecourse.records.tenancy import scope
from tests.conftest import Book
from tests.making import NOW, TODAY, Made, customer


def new(made: Made, **more: object) -> NewHold:
    return NewHold(made.shard, made.creditor_id, made.id, **{"kind": "pause", "placed_by": "Priya", **more})  # type: ignore[arg-type]


def verdict(made: Made) -> tuple[str, str]:
    book = snapshot.of_customers([made.key], at=NOW)
    row = decide(book, playbook=packaged("polite@1"), rules=Rulebook.load(as_of=TODAY)).row(0, named=True)
    return row["verdict"], row["why"]


def test_a_hold_stops_the_chase_and_its_end_lets_it_go_on(book: Book) -> None:
    made = customer(late=(8,))
    assert verdict(made)[0] == "contact"
    with scope("all"):
        hold = place(new(made, until_at=NOW + timedelta(days=7)), now=NOW)
    assert verdict(made) == ("wait", "hold:pause")
    with scope("all"):
        assert lift(made.shard, hold.id, by="Priya", why="answered", now=NOW) is not None
        assert lift(made.shard, hold.id, by="Sam", why="again", now=NOW) is None  # it ended once
    assert verdict(made)[0] == "contact"


def test_one_kind_runs_once_and_only_grows(book: Book) -> None:
    made = customer()
    with scope("all"):
        first = place(new(made, until_at=NOW + timedelta(days=7)), now=NOW)
        longer = place(new(made, until_at=NOW + timedelta(days=14)), now=NOW + timedelta(hours=1))
        shorter = place(new(made, until_at=NOW + timedelta(days=2)), now=NOW + timedelta(hours=2))
        endless = place(new(made), now=NOW + timedelta(hours=3))
        bounded = place(new(made, until_at=NOW + timedelta(days=30)), now=NOW + timedelta(hours=4))
        assert {h.id for h in (longer, shorter, endless, bounded)} == {first.id}
        assert shorter.until_at == NOW + timedelta(days=14)
        assert bounded.until_at is None
        other = place(new(made, debt_id=made.debts[0]), now=NOW)
        assert other.id != first.id and Hold.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"kind": "nothing"}, {"until_at": NOW}], ids=["unknown kind", "an end that is past"])
def test_what_is_no_hold_is_refused(book: Book, wrong: dict) -> None:
    made = customer()
    with scope("all"), pytest.raises(ValueError):
        place(new(made, **wrong), now=NOW)


def test_a_promise_stops_the_chase_until_its_date(book: Book) -> None:
    made = customer(late=(8,))
    with scope("all"):
        take(
            NewPromise(
                made.shard, made.creditor_id, made.id, "GBP", 10_000, TODAY + timedelta(days=3), "phone", "Priya"
            ),
            now=NOW,
        )
        with pytest.raises(ValueError):
            take(NewPromise(made.shard, made.creditor_id, made.id, "GBP", 0, TODAY, "phone", "Priya"), now=NOW)
    assert verdict(made) == ("wait", "promised")


def test_a_withdrawal_is_said_once_and_the_newest_word_rules(book: Book) -> None:
    made = customer(late=(8,))
    said = Said(made.shard, made.creditor_id, made.id, "email", "portal")
    with scope("all"):
        assert withdraw(said, now=NOW).id == withdraw(said, now=NOW).id
    assert verdict(made) == ("task", "opted_out")
    with scope("all"):
        give(said, now=NOW)
        assert Consent.objects.count() == 2
    assert verdict(made)[0] == "contact"


def test_calls_use_up_the_one_budget(book: Book) -> None:
    made = customer(late=(8,))
    with scope("all"):
        who = Customer.objects.get(shard=made.shard, id=made.id)
        for days in (1, 2):
            log_call(who, "talked", "", author="Priya", now=NOW - timedelta(days=days))
        with pytest.raises(ValueError):
            log_call(who, "shouted", "", author="Priya", now=NOW)
        with pytest.raises(ValueError):
            write(who, "  ", author="Priya", now=NOW)
    # Two of two contacts this week: the message waits until one of them is a week old.
    book_ = snapshot.of_customers([made.key], at=NOW)
    row = decide(book_, playbook=packaged("polite@1"), rules=Rulebook.load(as_of=TODAY)).row(0, named=True)
    assert row["not_before"] > NOW and row["rules"][0]["id"] == "HOUSE-BUDGET"


def test_a_task_is_closed_once_and_can_be_opened_again(book: Book) -> None:
    made = customer()
    with scope("all"):
        task = Task.objects.create(
            shard=made.shard,
            creditor_id=made.creditor_id,
            customer_id=made.id,
            kind="dispute",
            title="Look",
            key="k",
            opened_at=NOW,
        )
        assert close(made.shard, task.id, by="Priya", outcome="done", now=NOW) is not None
        assert close(made.shard, task.id, by="Sam", outcome="done", now=NOW) is None
        again = reopen(made.shard, task.id)
        assert again is not None and again.closed_at is None
        assert reopen(made.shard, task.id) is None
