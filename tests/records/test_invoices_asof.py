"""Invoices as the forecast reads them: what was known on the day, money apart from credit notes and write-offs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duecourse.records.invoices_asof import invoices_asof, recent_events
from tests import making
from tests.making import NOW, TODAY

pytestmark = pytest.mark.usefixtures("book")


def _row(debt, day=TODAY):
    return next((r for r in invoices_asof(day).iter_rows(named=True) if r["debt"] == debt), None)


def _given_back(made, debt, account):
    from duecourse.records.ledger.post import Posting, PostLeg, post
    from duecourse.records.tenancy import scope

    with scope("all"):
        post(
            [
                Posting(
                    made.shard, made.creditor_id, made.id, "given_back", TODAY - timedelta(days=2), NOW, "GBP", f"x:{debt}",
                    (PostLeg(account, 10_000), PostLeg("receivable", -10_000, debt)),
                )
            ]
        )  # fmt: skip


def test_settled_is_known_from_the_day_after():
    made = making.customer(late=(8,), amounts=(10_000,))
    making.pay(made, made.debts[0], 10_000, booked=TODAY - timedelta(days=2))
    assert _row(made.debts[0])["settled"] == TODAY - timedelta(days=2)
    assert _row(made.debts[0], TODAY - timedelta(days=1))["settled"] == TODAY - timedelta(days=2)
    assert _row(made.debts[0], TODAY - timedelta(days=2))["settled"] is None


def test_what_is_not_issued_yet_is_not_there():
    made = making.customer(late=(8,))  # issued 38 days ago
    assert _row(made.debts[0], TODAY - timedelta(days=39)) is None
    assert _row(made.debts[0], TODAY - timedelta(days=38)) is not None


def test_a_part_payment_settles_nothing():
    made = making.customer(late=(8,), amounts=(10_000,))
    making.pay(made, made.debts[0], 4_000)
    row = _row(made.debts[0], TODAY + timedelta(days=1))
    assert (row["settled"], row["amount"], row["open"]) == (None, 10_000, 6_000)


@pytest.mark.parametrize("account", ["sales", "writeoff"])
def test_credited_or_written_off_is_left_out(account):
    made = making.customer(late=(8,), amounts=(10_000,))
    _given_back(made, made.debts[0], account)
    assert _row(made.debts[0]) is None


def test_a_dispute_is_known_once_it_was_raised():
    from duecourse.records.models import Hold
    from duecourse.records.tenancy import scope

    made = making.customer(late=(8,))
    with scope("all"):
        Hold.objects.create(
            shard=made.shard, creditor_id=made.creditor_id, customer_id=made.id, debt_id=made.debts[0], kind="dispute",
            placed_by="Ana", from_at=NOW - timedelta(days=3),
        )  # fmt: skip
    assert _row(made.debts[0])["disputed"] == TODAY - timedelta(days=3)
    assert _row(made.debts[0], TODAY - timedelta(days=3))["disputed"] is None


def test_one_creditor_sees_its_own():
    ours = making.customer()
    theirs = making.customer(of=making.creditor("Another"))
    seen = invoices_asof(TODAY, creditors=[theirs.creditor_id])
    assert seen["debt"].to_list() == list(theirs.debts)
    assert set(invoices_asof(TODAY)["debt"]) == {*ours.debts, *theirs.debts}


def test_recent_events_are_counted_per_customer():
    from duecourse.records.models import Outbox, Promise, Receipt
    from duecourse.records.tenancy import scope

    broke, kept, old = (making.customer(late=(40,), amounts=(10_000,)) for _ in range(3))
    for who, days in ((broke, 10), (kept, 10), (old, 80)):
        with scope("all"):
            Promise.objects.create(
                shard=who.shard, creditor_id=who.creditor_id, customer_id=who.id, currency="GBP", amount_minor=5_000,
                by_date=TODAY - timedelta(days=days), channel="phone", taken_by="Ana", made_at=NOW - timedelta(days=days + 5),
            )  # fmt: skip
    making.pay(kept, kept.debts[0], 5_000, booked=TODAY - timedelta(days=11))
    with scope("all"):
        base = {"shard": old.shard, "creditor_id": old.creditor_id, "customer_id": old.id}
        sent = Outbox.objects.create(
            **base, key="k", channel="email", template="t", state="sent", due_at=NOW, created_at=NOW, changed_at=NOW
        )
        for days in (5, 100):
            Receipt.objects.create(
                **base, outbox_id=sent.id, kind="bounced", said_by="server", at=NOW - timedelta(days=days)
            )
    found = {r["customer"]: (r["broken_promises"], r["part_payments"], r["bounced_contacts"])
             for r in recent_events(TODAY).iter_rows(named=True)}  # fmt: skip
    assert found == {str(broke.id): (1, 0, 0), str(kept.id): (0, 1, 0), str(old.id): (0, 0, 1)}
