"""P5, quick size: random money from eight connections; sums are zero, stored balances equal a replay, refusals change nothing."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections

from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.proofs import breaches, shards_in_use
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW, TODAY

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(900)]

OPERATIONS = int(os.environ.get("DUECOURSE_LEDGER_OPERATIONS", "50000"))
CONNECTIONS = 8
A_TRANSACTION = 50
SEED = 20261124


def operation(rng: random.Random, made: making.Made, key: str) -> tuple[Posting, bool]:
    """A random posting on one of a customer's debts, and whether the ledger must refuse it."""
    debt = rng.choice(made.debts)
    minor = rng.randint(1, 5_000)
    kind, legs = rng.choice(
        [
            ("charge", (PostLeg("receivable", minor, debt), PostLeg("sales", -minor))),
            ("payment", (PostLeg("cash", minor), PostLeg("receivable", -minor, debt))),
            ("payment", (PostLeg("cash", minor), PostLeg("unmatched", -minor))),
            ("allocation", (PostLeg("unmatched", minor), PostLeg("receivable", -minor, debt))),
            ("refund", (PostLeg("receivable", minor, debt), PostLeg("cash", -minor))),
            ("chargeback", (PostLeg("receivable", minor, debt), PostLeg("cash", -minor))),
            ("settlement", (PostLeg("writeoff", minor), PostLeg("receivable", -minor, debt))),
            ("late_fee", (PostLeg("receivable", minor, debt), PostLeg("fees", -minor))),
            ("exchange", (PostLeg("fx", minor), PostLeg("receivable", -minor, debt))),
            (
                "part_settlement",
                (PostLeg("cash", minor), PostLeg("writeoff", 7), PostLeg("receivable", -minor - 7, debt)),
            ),
        ]
    )
    bad = rng.random() < 0.002
    if bad:
        legs = (*legs[:-1], PostLeg(legs[-1].account, legs[-1].amount_minor + 1, legs[-1].debt_id))
    return (
        Posting(
            made.shard,
            made.creditor_id,
            made.id,
            kind,
            TODAY - timedelta(days=rng.randint(0, 90)),
            NOW,
            "GBP",
            key,
            legs,
        ),
        bad,
    )


def test_random_money_from_eight_connections():
    people = [making.customer(late=(8, 9, 30)) for _ in range(40)]

    def session(number: int) -> tuple[int, int]:
        rng = random.Random(SEED + number)
        posted = refused = 0
        try:
            for batch in range(OPERATIONS // CONNECTIONS // A_TRANSACTION):
                made = [operation(rng, rng.choice(people), f"op:{number}:{batch}:{i}") for i in range(A_TRANSACTION)]
                must_fail = any(bad for _, bad in made)
                try:
                    with scope("all"):
                        post(p for p, _ in made)
                    assert not must_fail, "an entry that does not balance was taken"
                    posted += A_TRANSACTION
                except IntegrityError:
                    assert must_fail
                    refused += A_TRANSACTION
        finally:
            connection.close()
        return posted, refused

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        results = list(pool.map(session, range(CONNECTIONS)))
    posted, refused = (sum(r[i] for r in results) for i in (0, 1))
    assert posted + refused == OPERATIONS // CONNECTIONS // A_TRANSACTION * CONNECTIONS * A_TRANSACTION and refused > 0

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT currency, sum(amount_minor) FROM leg GROUP BY currency")
        assert cursor.fetchall() == [("GBP", 0)]
        cursor.execute("SELECT count(*) FROM entry WHERE key LIKE 'op:%'")
        assert cursor.fetchone()[0] == posted
        cursor.execute(
            "SELECT count(*) FROM debt d WHERE open_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM leg l"
            " WHERE l.shard = d.shard AND l.debt_id = d.id)"
        )
        assert cursor.fetchone()[0] == 0
    assert list(breaches(shards_in_use(), lambda done: None)) == []
    print(f"seed {SEED}: {posted} operations posted, {refused} refused, from {CONNECTIONS} connections")


def test_canary_without_the_kept_balance_the_replay_differs():
    made = making.customer(amounts=(10_000,))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE leg DISABLE TRIGGER apply_legs")
        making.pay(made, made.debts[0], 4_000)
        cursor.execute("ALTER TABLE leg ENABLE TRIGGER apply_legs")
    assert "open_balances" in {b.proof for b in breaches(shards_in_use(), lambda done: None)}
