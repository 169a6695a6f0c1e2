"""Arrangements: both sides agree, versions never edited, limits with a second person, the ledger decides, a kind end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from duecourse.actions.adjust import Change, adjust
from duecourse.actions.allow import allow
from duecourse.actions.approve import MayNotDecide, decide
from duecourse.actions.arrange import NotAgreed, agree, decline, propose, stop
from duecourse.actions.follow_plans import follow_plans
from duecourse.actions.offer import Wish, hear_means, make
from duecourse.core.decide.follow import follow
from duecourse.core.money.plans.terms import BadTerms, Terms, Way, digest, read
from duecourse.records import snapshot
from duecourse.records.models import Agreement, Approval, Arrangement, Credit, Debt, Hold, Instalment, Outbox, Task
from duecourse.records.reads.plans import of_customer, one
from duecourse.records.tenancy import scope
from tests.actions.test_hold import verdict
from tests.actions.ways import CUSTOMER, PRIYA, SAM, agreed, opened, plan_terms, who
from tests.making import NOW, TODAY, Made, customer, pay

pytestmark = pytest.mark.usefixtures("book")


def day(made: Made, n: int) -> dict[str, int]:
    """The n-th day from now, followed."""
    at = NOW + timedelta(days=n)
    book = snapshot.of_customers([made.key], at=at)
    with scope("all"):
        return dict(follow_plans(book, now=at))


def test_an_offer_is_made_agreed_and_chasing_stops() -> None:
    made = customer(late=(20, 8), amounts=(60_000, 30_000))
    assert verdict(made)[0] == "contact"
    with scope("all"):
        told = hear_means(who(made), {"monthly": {"wages": 200_000, "housing": 120_000, "food": 50_000}}, "GBP", hardship=False,
                          by=PRIYA, now=NOW)  # fmt: skip
        menu = make(who(made), Wish("GBP"), told=told, by=PRIYA, now=NOW)
        assert 2 <= len(menu.choices) <= 4 and menu.owed_minor == 90_000
        choice = menu.choices[0]
        assert choice.terms.way is Way.CONSOLIDATION and choice.figures["monthly"] <= told.spare_minor
        row = propose(who(made), choice.terms, by=PRIYA, now=NOW, offer_id=menu.offer_id)
        assert not agree(made.shard, row.id, "customer", by=CUSTOMER, terms_digest=choice.digest, now=NOW)
    assert verdict(made)[0] == "contact"  # one side is not enough
    with scope("all"):
        assert agree(made.shard, row.id, "creditor", by=PRIYA, terms_digest=choice.digest, now=NOW)
        assert agree(made.shard, row.id, "creditor", by=PRIYA, terms_digest=choice.digest, now=NOW)  # twice is once
        assert Agreement.objects.count() == 2 and Hold.objects.filter(kind="plan").count() == 2
        assert Outbox.objects.get().purpose == "plan_agreed"
    assert verdict(made) == ("wait", "hold:debts")


def test_what_was_not_read_or_is_not_so_any_more_is_not_agreed() -> None:
    made = customer(amounts=(30_000,))
    with scope("all"):
        terms = plan_terms(made)
        row = propose(who(made), terms, by=PRIYA, now=NOW)
        with pytest.raises(NotAgreed, match="not the terms that you read"):
            agree(made.shard, row.id, "customer", by=CUSTOMER, terms_digest="0" * 64, now=NOW)
    pay(made, made.debts[0], 100)
    with scope("all"), pytest.raises(BadTerms, match="balance has changed"):
        propose(who(made), terms, by=PRIYA, now=NOW)
    other = customer()
    with scope("all"), pytest.raises(BadTerms, match="not the customer's"):
        propose(who(made), plan_terms(other), by=PRIYA, now=NOW)
    agreed(made)
    with scope("all"), pytest.raises(BadTerms, match="under an arrangement already"):
        propose(who(made), plan_terms(made), by=PRIYA, now=NOW)
    with scope("all"), pytest.raises(BadTerms, match="still to come"):
        propose(who(other), plan_terms(other, first=TODAY - timedelta(days=1)), by=PRIYA, now=NOW)


def test_a_change_is_a_new_version_and_the_old_one_stays_as_it_was() -> None:
    made = customer(amounts=(30_000,))
    first = agreed(made)
    pay(made, made.debts[0], 10_000)
    with scope("all"):
        slower = plan_terms(made, 5)
        second = agreed(made, slower, replaces_id=first.id)
        old, new = of_customer(made.shard, made.id)
        assert (old.state, old.version, new.state, new.version) == ("replaced", 1, "agreed", 2)
        assert read(old.terms).total_minor == 30_000 and new.total_minor == 20_000
        with pytest.raises(BadTerms, match="changed already"):
            propose(who(made), slower, by=PRIYA, now=NOW, replaces_id=first.id)
        assert Hold.objects.filter(kind="plan", until_at__isnull=True).count() == 1
    assert verdict(made) == ("wait", "hold:debts")
    assert second.replaces_id == first.id


@pytest.mark.parametrize(
    "statement",
    ["UPDATE arrangement SET terms = '{}'", "DELETE FROM arrangement", "UPDATE instalment SET amount_minor = 1", "DELETE FROM instalment",
     "UPDATE agreement SET said_by = 'x'", "UPDATE arrangement_debt SET debt_id = 1", "DELETE FROM arrangement_end",
     "UPDATE affordability SET spare_minor = 1", "DELETE FROM dispute", "UPDATE approval SET amount_minor = 1"],
)  # fmt: skip
def test_the_application_cannot_change_what_was_agreed(statement: str) -> None:
    with scope("all"), pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_holds_the_sum_and_closes_the_terms() -> None:
    made = customer(amounts=(30_000,))
    with pytest.raises(IntegrityError, match="sum to"), scope("all"):
        base = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
        row = Arrangement.objects.create(**base, kind="plan", version=1, currency="GBP", total_minor=500, terms={}, proposed_by="x",
                                         channel="phone", at=NOW)  # fmt: skip
        row.refresh_from_db()
        Instalment.objects.create(**base, arrangement_id=row.id, number=1, due_date=TODAY, amount_minor=499)
    bound = agreed(made)
    with pytest.raises(IntegrityError, match="never edited"), scope("all"):
        Instalment.objects.create(**base, arrangement_id=bound.id, number=99, due_date=TODAY, amount_minor=1)


def settlement(made: Made, let_go: int) -> Terms:
    (debt, minor) = opened(made)[0]
    return Terms(
        Way.SETTLEMENT, "GBP", ((debt, minor),), ((TODAY + timedelta(days=10), minor - let_go),), forgiven_minor=let_go
    )


def test_outside_the_limits_a_second_person_decides() -> None:
    made = customer(amounts=(100_000,))
    with scope("all"):
        row = propose(who(made), settlement(made, 40_000), by=PRIYA, now=NOW)
        assert "per cent" in row.needs_approval and Task.objects.filter(kind="approval").count() == 1
        known = digest(read(row.terms))
        agree(made.shard, row.id, "customer", by=CUSTOMER, terms_digest=known, now=NOW)
        with pytest.raises(NotAgreed, match="second person"):
            agree(made.shard, row.id, "creditor", by=PRIYA, terms_digest=known, now=NOW)
        asked = Approval.objects.get()
        with pytest.raises(MayNotDecide, match="Somebody else"):
            decide(made.shard, asked.id, granted=True, by_id=PRIYA.id, by="Priya", now=NOW)
        with pytest.raises(IntegrityError, match="approval_four_eyes"), transaction.atomic():
            Approval.objects.filter(id=asked.id).update(decided_by_id=PRIYA.id, decided_at=NOW, granted=True)
        allow(made.shard, asked.id, granted=True, by=SAM, now=NOW)
        assert one(made.shard, row.id).state == "agreed"
        with pytest.raises(MayNotDecide):
            allow(made.shard, asked.id, granted=False, by=SAM, now=NOW)


def test_terms_that_ended_while_a_second_person_thought_are_not_allowed_any_more() -> None:
    made = customer(amounts=(100_000,))
    with scope("all"):
        row = propose(who(made), settlement(made, 40_000), by=PRIYA, now=NOW)
        assert decline(made.shard, row.id, by="Priya", why="They would rather not", now=NOW)
        with pytest.raises(MayNotDecide, match="have ended"):
            allow(made.shard, Approval.objects.get().id, granted=True, by=SAM, now=NOW)
        assert Approval.objects.get().decided_at is None


def test_canary_the_creditors_yes_without_approval_is_refused_by_the_database() -> None:
    made = customer(amounts=(100_000,))
    with pytest.raises(IntegrityError, match="second person"), scope("all"):
        row = propose(who(made), settlement(made, 40_000), by=PRIYA, now=NOW)
        Agreement.objects.create(shard=made.shard, creditor_id=made.creditor_id, customer_id=made.id, arrangement_id=row.id,
                                 side="creditor", said_by="Priya", channel="phone", terms_digest="x", at=NOW)  # fmt: skip


def test_a_word_before_a_check_in_after_and_thanks_at_the_end() -> None:
    made = customer(amounts=(30_000,))
    agreed(made)  # 7, 37 and 68 days ahead, 100.00 each
    assert day(made, 3) == {}
    assert day(made, 4) == {"remind": 1}
    assert day(made, 5) == {"remind": 0}  # once
    pay(made, made.debts[0], 10_000)
    assert day(made, 12) == {}
    missed = day(made, 42)
    assert missed == {"check_in": 1, "task:check_in": 1}  # a care check-in first, and never a chase
    assert verdict(made) == ("wait", "hold:debts")
    assert day(made, 60)["task:person"] == 1
    pay(made, made.debts[0], 20_000, key="rest")
    assert day(made, 61) == {"done": 1}
    assert day(made, 62) == {}
    with scope("all"):
        found = of_customer(made.shard, made.id)[0]
        assert found.state == "kept" and not Hold.objects.filter(kind="plan", until_at__isnull=True).exists()
        assert Outbox.objects.filter(purpose="plan_done").count() == 1
        assert Credit.objects.get().amount_minor == 500  # a kept plan earns its thanks
        assert Outbox.objects.filter(purpose="reminder").count() == 0


def test_a_kept_settlement_lets_the_rest_go_and_an_early_discount_that_was_not_taken_lapses() -> None:
    made = customer(amounts=(100_000,))
    agreed(made, settlement(made, 20_000), by=SAM)
    pay(made, made.debts[0], 80_000)
    assert day(made, 11) == {"done": 1}
    with scope("all"):
        assert Debt.objects.get(id=made.debts[0]).open_minor == 0
    early = customer(late=(-20,), amounts=(50_000,))
    terms = Terms(
        Way.EARLY_DISCOUNT,
        "GBP",
        ((early.debts[0], 50_000),),
        ((TODAY + timedelta(days=10), 49_500),),
        forgiven_minor=500,
    )
    agreed(early, terms)
    assert day(early, 15) == {"lapse": 1}
    with scope("all"):
        assert Debt.objects.get(id=early.debts[0]).open_minor == 50_000


def test_money_that_is_taken_back_makes_the_instalment_due_again_and_credits_make_the_end_smaller() -> None:
    made = customer(amounts=(30_000,))
    row = agreed(made)
    pay(made, made.debts[0], 10_000)
    with scope("all"):
        assert one(made.shard, row.id).progress(TODAY).left_minor == 20_000
        adjust(made.shard, made.debts[0], Change("credit_note", 5_000, "cn", "a broken part"), by="Priya", now=NOW)
        stands = one(made.shard, row.id).progress(TODAY)
        assert [s.left_minor for s in stands.instalments] == [0, 10_000, 5_000]
    book = snapshot.of_customers([made.key], at=NOW + timedelta(days=42))
    assert [(r["notice"], r["owed"]) for r in follow(book).to_dicts()] == [("check_in", 10_000)]


def test_a_dispute_on_a_plans_debt_silences_it() -> None:
    made = customer(amounts=(30_000,))
    agreed(made)
    from duecourse.actions.dispute import NewDispute, open_dispute

    with scope("all"):
        open_dispute(NewDispute(*who(made), "goods", "phone", TODAY, "Priya", made.debts[0]), now=NOW)
    assert day(made, 4) == {} and day(made, 42) == {}


def test_a_person_may_stop_it_and_then_it_begins_softly() -> None:
    made = customer(late=(90,), amounts=(30_000,))
    row = agreed(made)
    with scope("all"):
        assert stop(made.shard, row.id, by="Priya", why="They asked us to", now=NOW)
        assert not stop(made.shard, row.id, by="Priya", why="again", now=NOW)
        debt = Debt.objects.get(id=made.debts[0])
        assert debt.due_date == TODAY + timedelta(days=14) and debt.round == 2
    assert verdict(made) == ("nothing", "not_due")


def test_the_rows_that_the_database_would_not_take() -> None:
    made = customer(amounts=(30_000,))
    with scope("all"):
        row = propose(who(made), plan_terms(made), by=PRIYA, now=NOW)
    from duecourse.records.models import ArrangementDebt

    with pytest.raises(DatabaseError, match="both sides"), scope("all"):
        ArrangementDebt.objects.create(shard=made.shard, creditor_id=made.creditor_id, customer_id=made.id, arrangement_id=row.id,
                                       debt_id=made.debts[0], open_minor=1, from_at=NOW)  # fmt: skip
