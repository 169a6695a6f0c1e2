"""The ledger guards itself: balanced at commit, kept balances, sealed rows, a chain, and no way to change the past."""

from __future__ import annotations

from itertools import pairwise

import psycopg
import pytest
from django.db import IntegrityError, connection

from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.models import Block, Credit, Debt, Entry, Leg
from duecourse.records.tenancy import scope
from tests import making

pytestmark = pytest.mark.usefixtures("book")


def _open(made, i=0):
    with scope("all"):
        return Debt.objects.get(shard=made.shard, id=made.debts[i])


def test_balances_are_kept_by_the_ledger():
    made = making.customer(amounts=(10_000,))
    assert (_open(made).open_minor, _open(made).closed_date) == (10_000, None)
    making.pay(made, made.debts[0], 4_000)
    assert _open(made).open_minor == 6_000
    making.pay(made, made.debts[0], 6_000)
    assert (_open(made).open_minor, _open(made).closed_date) == (0, making.TODAY)


def test_the_same_key_is_posted_once():
    made = making.customer(amounts=(10_000,))
    making.pay(made, made.debts[0], 1_000, key="same")
    making.pay(made, made.debts[0], 1_000, key="same")
    assert _open(made).open_minor == 9_000


def test_an_entry_that_does_not_balance_is_refused_whole():
    made = making.customer(amounts=(10_000,))
    bad = Posting(
        made.shard, made.creditor_id, made.id, "payment", making.TODAY, making.NOW, "GBP", "bad",
        (PostLeg("cash", 900), PostLeg("receivable", -1_000, made.debts[0])),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="does not balance"), scope("all"):
        post([bad])
    with scope("all"):
        assert not Entry.objects.filter(key="bad").exists()
    assert _open(made).open_minor == 10_000


def test_an_entry_without_legs_is_refused():
    made = making.customer()
    with pytest.raises(IntegrityError, match="does not balance"), scope("all"):
        Entry.objects.create(
            shard=made.shard, creditor_id=made.creditor_id, customer_id=made.id, kind="payment", booked_date=making.TODAY,
            posted_at=making.NOW, currency="GBP", key="bare",
        )  # fmt: skip


def test_a_leg_cannot_move_another_customers_debt():
    one, other = making.customer(), making.customer()
    bad = Posting(
        one.shard, one.creditor_id, one.id, "payment", making.TODAY, making.NOW, "GBP", "theft",
        (PostLeg("cash", 5), PostLeg("receivable", -5, other.debts[0])),
    )  # fmt: skip
    with pytest.raises(IntegrityError), scope("all"):
        post([bad])


def test_unmatched_money_is_a_credit():
    made = making.customer()
    with scope("all"):
        post(
            [
                Posting(
                    made.shard, made.creditor_id, made.id, "payment", making.TODAY, making.NOW, "GBP", "cash:1",
                    (PostLeg("cash", 700), PostLeg("unmatched", -700)),
                )
            ]
        )  # fmt: skip
        assert Credit.objects.get(shard=made.shard, customer_id=made.id).amount_minor == 700


def test_every_statement_is_a_link_of_its_shards_chain():
    made = making.customer(amounts=(10_000,))
    making.pay(made, made.debts[0], 4_000)
    with scope("all"):
        blocks = list(Block.objects.filter(shard=made.shard).order_by("seq"))
        legs = set(Leg.objects.filter(shard=made.shard).values_list("id", flat=True))
    assert [b.seq for b in blocks] == list(range(1, len(blocks) + 1))
    assert {leg for b in blocks for leg in b.leg_ids} == legs
    assert all(bytes(b.previous) == bytes(a.hash) for a, b in pairwise(blocks))


ATTACKS = [
    "UPDATE entry SET memo = 'x'",
    "UPDATE leg SET amount_minor = amount_minor + 1",
    "UPDATE leg SET hash = ''",
    "UPDATE debt SET open_minor = 0",
    "UPDATE debt SET amount_minor = 0",
    "UPDATE debt SET currency = 'EUR'",
    "UPDATE debt SET closed_date = '2020-01-01'",
    "UPDATE credit SET amount_minor = 0",
    "INSERT INTO credit VALUES (1, 1, 1, 'GBP', 100)",
    "UPDATE block SET hash = ''",
    "INSERT INTO block VALUES (0, 99, '{}', '', '')",
    "UPDATE chain_head SET hash = ''",
    "DELETE FROM entry",
    "DELETE FROM leg",
    "DELETE FROM block",
    "DELETE FROM debt",
    "DELETE FROM customer",
    "DELETE FROM hold",
    "DELETE FROM consent",
    "DELETE FROM attempt",
    "DELETE FROM outbox",
    "DELETE FROM message",
    "DELETE FROM contact",
    "DELETE FROM decision",
    "UPDATE message SET html = ''",
    "UPDATE attempt SET marked_at = now()",
    "UPDATE contact SET at = now()",
    "UPDATE consent SET given = true",
    "UPDATE promise SET amount_minor = 1",
    "UPDATE decision SET reasons = '{}'",
    "UPDATE receipt SET kind = 'accepted'",
    "UPDATE payment_event SET kind = 'x'",
    "TRUNCATE leg",
    "TRUNCATE entry CASCADE",
    "ALTER TABLE leg DISABLE TRIGGER ALL",
    "DROP TRIGGER seal ON leg",
    "DROP TABLE leg",
    "CREATE OR REPLACE FUNCTION apply_legs() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "SET ROLE duecourse_owner",
    "SET session_replication_role = replica",
    "ALTER TABLE customer DISABLE ROW LEVEL SECURITY",
    "DROP POLICY own_rows ON customer",
    "ALTER ROLE duecourse_app BYPASSRLS",
    "COPY leg TO PROGRAM 'true'",
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_the_applications_role_cannot_change_the_past(statement):
    making.customer()
    with pytest.raises(Exception) as caught, scope("all"), connection.cursor() as cursor:
        cursor.execute(statement)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.errors.InsufficientPrivilege | psycopg.errors.InvalidGrantOperation), cause
