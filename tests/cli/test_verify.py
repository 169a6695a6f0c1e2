"""`duecourse verify` finds every kind of tampering, and nothing in an honest book."""

from __future__ import annotations

import json

import psycopg
import pytest
from click.testing import CliRunner, Result

from duecourse.interfaces.cli.verify import verify
from duecourse.records.ledger.post import Posting, PostLeg, post
from duecourse.records.proofs import PROOFS
from duecourse.records.tenancy import scope
from tests import making
from tests.conftest import Book

# What somebody with all power over the database does, and the truths that then no longer hold.
TAMPERING = [
    ("DELETE FROM leg WHERE account = 'cash'", {"entries_balance", "chain_holds", "legs_are_in_the_chain"}),
    ("UPDATE leg SET amount_minor = amount_minor - 1 WHERE account = 'cash'", {"entries_balance", "legs_are_sealed"}),
    ("DELETE FROM entry WHERE kind = 'payment'", {"legs_have_an_entry", "chain_holds"}),
    ("UPDATE entry SET booked_date = booked_date - 1 WHERE kind = 'payment'", {"entries_are_sealed"}),
    # A seal made anew hides the change of the row, but not of the chain.
    (
        "UPDATE entry SET memo = 'x' WHERE kind = 'payment'; UPDATE entry e SET hash = entry_digest(e)",
        {"chain_holds"},
    ),
    ("DELETE FROM block WHERE seq = 1", {"chain_holds", "legs_are_in_the_chain"}),
    ("UPDATE chain_head SET hash = sha256(hash) WHERE seq > 0", {"chain_holds"}),
    ("UPDATE debt SET open_minor = 0", {"open_balances"}),
    ("UPDATE debt SET closed_date = due_date", {"open_balances"}),
    ("UPDATE credit SET amount_minor = amount_minor + 1", {"credits"}),
    ("UPDATE outbox SET state = 'sent'", {"sent_was_marked"}),
    ("UPDATE outbox SET state = 'refused'", {"refused_uses_no_step"}),
    (
        "INSERT INTO receipt (shard, creditor_id, customer_id, outbox_id, kind, detail, said_by, at)"
        " SELECT shard, creditor_id, customer_id, id, 'accepted', '', 'x', now() FROM outbox, generate_series(1, 2)",
        {"sent_once"},
    ),
    (
        "INSERT INTO attempt (shard, creditor_id, customer_id, outbox_id, number, worker, sandbox, marked_at)"
        " SELECT shard, creditor_id, customer_id, id, n, 1, true, now() FROM outbox, generate_series(1, 2) AS n",
        {"tried_again_only_when_not_sent"},
    ),
]


@pytest.fixture
def honest(book: Book, tmp_path) -> Book:
    """A customer who paid a part and too much, and one who is written to."""
    payer = making.customer(amounts=(10_000, 5_000), late=(8, 3))
    making.pay(payer, payer.debts[0], 4_000)
    making.customer(amounts=(7_000,))
    making.run_day(tmp_path)
    _overpay(payer)
    return book


def _overpay(payer: making.Made) -> None:
    posting = Posting(
        payer.shard, payer.creditor_id, payer.id, "payment", making.TODAY, making.NOW, "GBP", "too much",
        legs=(PostLeg("cash", 500), PostLeg("unmatched", -500)),
    )  # fmt: skip
    with scope("all"):
        post([posting])


def _run(book: Book, sql: str) -> None:
    everything = book.owner_uri.replace("duecourse_owner@", "postgres@")
    with psycopg.connect(everything) as superuser:
        superuser.execute("SET session_replication_role = replica")  # triggers and foreign keys are off
        assert superuser.execute(sql)


def _verify() -> Result:
    return CliRunner().invoke(verify, ["--json"])


def test_an_honest_book(honest: Book) -> None:
    result = _verify()
    assert result.exit_code == 0, result.output
    proofs = json.loads(result.stdout)["proofs"]
    assert len(proofs) == len(PROOFS)
    assert all(proof["holds"] for proof in proofs)


@pytest.mark.parametrize(("sql", "truths"), TAMPERING, ids=[sql[:48] for sql, _ in TAMPERING])
def test_tampering_is_found(honest: Book, sql: str, truths: set[str]) -> None:
    _run(honest, sql)
    result = _verify()
    assert result.exit_code == 1
    broken = {proof["name"] for proof in json.loads(result.stdout.splitlines()[0])["proofs"] if not proof["holds"]}
    assert truths <= broken


def test_every_proof_can_fail() -> None:
    assert {proof.name for proof in PROOFS} == set().union(*(truths for _, truths in TAMPERING))


def test_in_words(honest: Book) -> None:
    _run(honest, "UPDATE debt SET open_minor = 0")
    result = CliRunner().invoke(verify)
    assert result.exit_code == 1
    assert "wrong  What is open of a debt is the sum of its legs" in result.stdout
    assert "debt " in result.stdout
