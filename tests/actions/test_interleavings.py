"""Paid is never chased (P3): every stop, committed at every gap between plan and mark, is seen by the mark.

A stop runs on a connection of its own at the gap. Where the sender holds the customer's lock the stop waits, and so
comes after the mark; where it does not, the stop commits first and no attempt may be marked.
"""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections

import duecourse.actions.day as day_module
import duecourse.actions.send as send_module
from duecourse.actions import consent, hold, promise
from duecourse.actions.end_wrong_point import end_wrong_point
from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.actions.send import Sender, send_batch
from duecourse.actions.transport import Sandbox
from duecourse.actions.worker import Worker
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.models import Attempt, ContactPoint, Payment
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(300)]

GAPS = [
    "day.after_decide", "day.after_frames", "day.before_commit", "day.after_commit", "send.after_claim", "send.after_lock",
    "send.after_look", "send.before_mark_commit", "send.after_mark", "send.before_call", "send.before_record",
]  # fmt: skip
PATIENCE = 60
"""Seconds until a stop must have committed, or wait for a lock of the sender."""


def _of(made):
    return {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}


def _pay(made):
    making.pay(made, made.debts[0], 10_000)


def _hold(kind):
    def place(made):
        with scope("all"):
            hold.place(hold.NewHold(**_of(made), kind=kind, placed_by="test"), now=NOW)

    return place


def _promise(made):
    with scope("all"):
        promise.take(
            promise.NewPromise(
                **_of(made),
                currency="GBP",
                amount_minor=100,
                by_date=making.TODAY + timedelta(days=3),
                channel="phone",
                taken_by="t",
            ),
            now=NOW,
        )


def _opt_out(made):
    with scope("all"):
        consent.withdraw(consent.Said(**_of(made), channel="email", source="reply"), now=NOW)


def _bounce(made):
    with scope("all"):
        ContactPoint.objects.filter(shard=made.shard, id=made.point_id).update(ended_at=NOW, ended_why="bounced")


def _cease(made):
    with scope("all"):
        record_circumstance(
            Told(
                **_of(made),
                kind="ceases",
                data={"kind": "cease_communication"},
                said_by="the customer",
                source="letter",
                recorded_by="test",
            ),
            now=NOW,
        )


def _wrong_person(made):
    with scope("all"):
        point = ContactPoint.objects.get(shard=made.shard, id=made.point_id)
        end_wrong_point(point, said_by="the reader", source="portal", by="test", now=NOW)


def _start_payment(made):
    with scope("all"):
        Payment.objects.create(
            **_of(made),
            gateway="sandbox",
            currency="GBP",
            amount_minor=1,
            key="k",
            state="pending",
            created_at=NOW,
            updated_at=NOW,
        )


STOPS = {
    "payment": _pay, "payment under way": _start_payment, "dispute": _hold("dispute"), "hardship": _hold("hardship"),
    "plan": _hold("plan"), "insolvency": _hold("insolvency"), "promise": _promise, "opt-out": _opt_out, "bounce": _bounce,
    "cease request": _cease, "wrong person": _wrong_person,
}  # fmt: skip


class Interleaved:
    """Runs one stop when a named gap is reached, and knows whether it had committed when the mark was committed."""

    def __init__(self, monkeypatch, gap, stop, made):
        self.gap, self.stop, self.made = gap, stop, made
        self.thread: threading.Thread | None = None
        self.committed = threading.Event()
        self.before_mark = False
        for module in (day_module, send_module):
            monkeypatch.setattr(module, "failpoint", self.reach)

    def reach(self, name):
        if name == self.gap and self.thread is None:
            self.thread = threading.Thread(target=self._run)
            self.thread.start()
            self._settle()
        if name == "send.before_mark_commit":
            self.before_mark = self.committed.is_set()

    def _settle(self):
        """Until the stop has committed or waits for a lock: no timing decides what this test sees."""
        until = time.monotonic() + PATIENCE
        with connections["owner"].cursor() as cursor:
            while not self.committed.wait(0.01):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return
                assert time.monotonic() < until, "the stop neither commits nor waits"

    def _run(self):
        try:
            self.stop(self.made)
            self.committed.set()
        finally:
            connection.close()

    def run(self, tmp_path):
        making.run_day(tmp_path)
        with Worker(tmp_path / "flight") as worker:
            send_batch(
                Sender(
                    worker=worker, transport=Sandbox(), base_url="http://x", mail_from="", clock=lambda: NOW, rules=Rulebook.load
                )
            )  # fmt: skip
        assert self.thread is not None, f"the gap {self.gap} was not reached"
        self.thread.join(30)
        assert self.committed.is_set(), "the stop failed"
        with scope("all"):
            return Attempt.objects.count()


@pytest.mark.parametrize("stop", STOPS)
def test_no_mark_after_a_stop_has_committed(tmp_path, monkeypatch, book, stop):
    for i, gap in enumerate(GAPS):
        made = making.customer()
        with monkeypatch.context() as patch:
            run = Interleaved(patch, gap, STOPS[stop], made)
            attempts = run.run(tmp_path / str(i))
        assert not (run.before_mark and attempts), f"{stop} at {gap}: marked after the stop had committed"
        if gap in GAPS[:5]:
            assert run.before_mark and attempts == 0, (
                f"{stop} at {gap}: nobody held the lock, so the stop must come first"
            )
        _empty()


def _breaks(tmp_path, monkeypatch, gaps, break_it, stop) -> int:
    found = 0
    for i, gap in enumerate(gaps):
        made = making.customer()
        with monkeypatch.context() as patch:
            break_it(patch)
            run = Interleaved(patch, gap, stop, made)
            attempts = run.run(tmp_path / str(i))
        found += bool(run.before_mark and attempts)
        _empty()
    return found


def test_canary_without_the_last_look_chases_the_disputed(tmp_path, monkeypatch):
    def blind(patch):
        patch.setattr(
            send_module, "_look_again",
            lambda sender, rows, now: [{"outbox": r["id"], "answer": "send", "debts": r["debts"]} for r in rows],
        )  # fmt: skip

    # A dispute: a payment would still be seen by the letter, which has nothing left to ask for.
    assert _breaks(tmp_path, monkeypatch, GAPS[:5], blind, STOPS["dispute"]) > 0


def test_canary_without_the_lock_chases_payers(tmp_path, monkeypatch):
    def unlocked(patch):
        patch.setattr(send_module, "lock_customers", lambda keys, skip_locked: set(keys))

    assert _breaks(tmp_path, monkeypatch, ["send.after_look", "send.before_mark_commit"], unlocked, _pay) > 0


def _empty():
    """A clean table between two gaps, as the owner: quicker than a new database."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE customer, debt, entry, leg, contact_point, run, outbox, reminder, attempt, contact, hold, promise, consent,"
            " payment, circumstance, ruling CASCADE"
        )
