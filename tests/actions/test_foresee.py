"""What is expected is worked out from the book alone, warns few people once, and gives the day its tempo."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import psycopg
import pytest

from duecourse.actions import warn_early
from duecourse.actions.foresee import foresee
from duecourse.core.decide.decide import decide
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.records import snapshot
from duecourse.records.insight.outlooks import outlook_of, warnings_of
from duecourse.records.models import Outlook, ReceiptsTold, Task
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW, TODAY

LATE, GOOD = (12, 14, 11, 13, 15, 12), (0, -1, 0, 1, 0, 0)


def _foresee(**more):  # type: ignore[no-untyped-def]
    given = {"at": NOW, "as_of": TODAY, "playbook": packaged(), "approved": lambda creditor: None}
    return foresee(**{**given, **more})


def _tasks() -> list[Task]:
    with scope("all"):
        return list(Task.objects.filter(kind=warn_early.KIND).order_by("id"))


@pytest.fixture
def crowd(book):  # type: ignore[no-untyped-def]
    """Twelve who pay late, twelve who pay on time, one nobody knows; each with an invoice due in four days."""
    late = [making.customer(late=(-4,), settled_late=LATE) for _ in range(12)]
    good = [making.customer(late=(-4,), settled_late=GOOD) for _ in range(12)]
    return late, good, making.customer(late=(-4,))


def _of(made):  # type: ignore[no-untyped-def]
    with scope("all"):
        found = outlook_of(*made.key)
    assert found is not None
    return found


def test_who_pays_late_is_known_before_the_due_date_and_who_is_not_known_is_left_alone(crowd) -> None:  # type: ignore[no-untyped-def]
    late, good, new = crowd
    found = _foresee()
    assert found.customers == 25
    assert _of(late[0]).late_chance > 0.6 > 0.4 > _of(good[0]).late_chance
    assert _of(late[0]).expected_date > TODAY + timedelta(days=10)
    assert any("Likely" in w["words"] for w in _of(late[0]).warnings)
    unknown = _of(new)
    assert (unknown.late_chance, unknown.rests_on) == (None, "all customers")
    assert "Not enough data about this customer" in " ".join(unknown.why)
    assert (unknown.segment, unknown.likeness_why[:15]) == ("new", "Not enough data")
    assert found.warned == found.tasks == 12
    with scope("all"):
        assert warnings_of([late[0].key, good[0].key]).keys() == {late[0].key}


def test_the_day_reads_the_chances_and_writes_early_to_the_late_ones_only(crowd) -> None:  # type: ignore[no-untyped-def]
    late, _, _ = crowd
    _foresee()
    book = snapshot.of_shards(0, 255, at=NOW)
    assert set(book.expected["customer"]) == {m.id for m in late}
    decided = decide(book, playbook=packaged("polite@3"), rules=Rulebook.load(as_of=TODAY))
    assert set(decided.filter(pl.col("verdict") == "contact")["customer"]) == {m.id for m in late}
    stale = snapshot.of_shards(0, 255, at=NOW + timedelta(days=5))
    assert stale.expected.height == 0


def test_a_second_look_opens_nothing_twice_and_closes_what_is_no_longer_true(crowd) -> None:  # type: ignore[no-untyped-def]
    late, _, _ = crowd
    assert _foresee().tasks == 12
    assert _foresee().tasks == 0
    making.pay(late[0], late[0].debts[0], 10_000)
    later = {"at": NOW + timedelta(days=5), "as_of": TODAY + timedelta(days=5)}
    assert _foresee(**later).tasks == 0
    outcomes = {t.customer_id: t.outcome for t in _tasks()}
    assert outcomes.pop(late[0].id) == "paid"
    assert set(outcomes.values()) == {"fell due"}
    with scope("all"):
        assert Outlook.objects.count() == 25


def test_warnings_are_few_and_the_most_money_at_risk_comes_first(crowd, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    large = making.customer(late=(-4,), settled_late=LATE, amounts=(900_000,))
    monkeypatch.setattr(warn_early, "A_DAY", 3)
    assert _foresee().tasks == 3
    assert _foresee(at=NOW + timedelta(hours=2)).tasks == 0
    assert _tasks()[0].customer_id == large.id
    monkeypatch.setattr(warn_early, "A_DAY", 50)
    monkeypatch.setattr(warn_early, "AT_ONCE", 5)
    assert _foresee().tasks == 2


def test_who_is_on_hold_gets_no_warning(crowd) -> None:  # type: ignore[no-untyped-def]
    from duecourse.records.models import Hold

    late, _, _ = crowd
    with scope("all"):
        Hold.objects.create(
            shard=late[0].shard,
            creditor_id=late[0].creditor_id,
            customer_id=late[0].id,
            kind="hardship",
            placed_by="x",
            from_at=NOW,
        )
    assert _foresee().tasks == 11


def test_an_empty_book_one_customer_and_no_history(book) -> None:  # type: ignore[no-untyped-def]
    assert _foresee().customers == 0
    only = making.customer(late=(-4, 9))
    assert _foresee().tasks == 0
    found = _of(only)
    assert (found.expected_date, found.late_chance, found.pays_alone_chance, found.promise_chance) == (None,) * 4
    assert found.rests_on == "Not enough data"
    with scope("all"):
        assert ReceiptsTold.objects.count() == 0


def test_what_was_told_of_the_weeks_to_come_stays_as_it_was(crowd, book) -> None:  # type: ignore[no-untyped-def]
    late, _, _ = crowd
    _foresee()
    read = "SELECT count(*), sum(expected_minor), bool_and(low_minor <= expected_minor) FROM receipts_told"
    with psycopg.connect(book.owner_uri) as owner:
        before = owner.execute(read).fetchone()
        making.pay(late[0], late[0].debts[0], 10_000)
        _foresee(at=NOW + timedelta(hours=3))
        assert owner.execute(read).fetchone() == before
    assert before[0] == 8 and before[1] > 100_000


def test_a_creditor_sees_its_own_outlooks_only(crowd) -> None:  # type: ignore[no-untyped-def]
    theirs = making.customer(of=making.creditor("Theirs"), late=(-4,))
    _foresee()
    with scope([theirs.creditor_id]):
        assert [o.customer_id for o in Outlook.objects.all()] == [theirs.id]
        assert {r.creditor_id for r in ReceiptsTold.objects.all()} <= {theirs.creditor_id}
