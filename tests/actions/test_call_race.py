"""The eighth call in seven days (T-d): refused with the rule named, and never placed by two people at once."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

import duecourse.actions.pass_gate as gate_module
from duecourse.actions.begin_call import begin_call
from duecourse.actions.pass_gate import Act
from duecourse.core.law.rulebook import Rulebook
from duecourse.records import arrow
from duecourse.records.models import Contact, ContactPoint, Customer, Ruling
from duecourse.records.tenancy import scope
from tests import making

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(120)]

AT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""A Tuesday, eleven in the morning in Columbus."""
GAPS = ["gate.after_lock", "gate.after_read", "gate.before_leave"]
RULES = Rulebook.load(as_of=AT.date()).with_numbers("HOUSE-BUDGET", max=99).with_numbers("HOUSE-CALL-PACE", max=99)
"""The house's own limits are lower than the law's; here they step aside so that the law is seen."""


def debtor(calls: int, *, every: timedelta = timedelta(hours=20)) -> tuple[making.Made, int]:
    """A consumer in Ohio whose debt an agency collects, rung `calls` times in the last days, and their number."""
    of = making.creditor("Agency client", country="US", timezone="America/New_York", is_agency_client=True)
    made = making.customer(of=of, kind="person", currency="USD", region="OH", email=None)
    base = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    with scope("all"):
        Customer.objects.filter(shard=made.shard, id=made.id).update(country="US", region="OH")
        phone = ContactPoint.objects.create(**base, kind="phone", value="+1 614 555 0100", created_at=AT)
        Contact.objects.bulk_create(
            Contact(
                **base, contact_point_id=phone.id, debts=list(made.debts), channel="phone", direction="out",
                purpose="collection", outcome="no_answer", at=AT - every * (n + 1),
            )
            for n in range(calls)
        )  # fmt: skip
    return made, phone.id


def call(made: making.Made, phone: int, rules: Rulebook = RULES) -> Ruling:
    with scope("all"):
        act = Act(*made.key[:1], made.creditor_id, made.id, act="call", debts=made.debts, point_id=phone)
        return begin_call(act, by="Priya", rules=rules, now=AT)[0]


def placed(made: making.Made) -> int:
    with scope("all"):
        return Contact.objects.filter(shard=made.shard, customer_id=made.id, direction="out").count()


def test_the_eighth_call_in_seven_days_is_refused_and_the_rule_named() -> None:
    made, phone = debtor(6)
    assert call(made, phone).passed
    eighth = call(made, phone)
    assert not eighth.passed and eighth.verdict == "defer" and placed(made) == 7
    binding = eighth.rules[0]
    assert binding["id"] == "US-REGF-14b-FREQ" and "7 in 7 days" in binding["detail"]
    assert eighth.asked["counts"]["calls_by_debt"] == {str(made.debts[0]): 7}
    assert eighth.places[0]["local"] == "Tue 24 Nov 2026 11:00"
    assert {log["point"] for log in eighth.facts["log"]} == {str(phone)}


def test_calls_about_another_debt_do_not_count() -> None:
    made, phone = debtor(7)
    with scope("all"):
        act = Act(made.shard, made.creditor_id, made.id, act="call", debts=(made.debts[0] + 999_999,), point_id=phone)
        assert begin_call(act, by="Priya", rules=RULES, now=AT)[0].passed


def test_the_house_says_no_long_before_the_law() -> None:
    made, phone = debtor(2, every=timedelta(hours=1))
    held = call(made, phone, Rulebook.load(as_of=AT.date()))
    binding = {rule["id"] for rule in held.rules if rule["outcome"] != "pass"}
    assert not held.passed and binding == {"HOUSE-BUDGET", "HOUSE-CALL-PACE"}


class Two:
    """Two collectors press at once: the first stops at a gap until the second has come as far as it can."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, gap: str, made: making.Made, phone: int) -> None:
        self.gap, self.made, self.phone = gap, made, phone
        self.second: threading.Thread | None = None
        self.done = threading.Event()
        monkeypatch.setattr(gate_module, "failpoint", self.reach)

    def reach(self, name: str) -> None:
        if name == self.gap and self.second is None:
            self.second = threading.Thread(target=self._press)
            self.second.start()
            self._settle()

    def _settle(self) -> None:
        """Until the second has finished or waits for the lock: no timing decides what is seen."""
        until = time.monotonic() + 30
        with connections["owner"].cursor() as cursor:
            while not self.done.wait(0.01):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return
                assert time.monotonic() < until, "the second neither finishes nor waits"

    def _press(self) -> None:
        try:
            call(self.made, self.phone)
        finally:
            self.done.set()
            arrow.close()
            connection.close()

    def run(self) -> int:
        call(self.made, self.phone)
        assert self.second is not None, f"{self.gap} was not reached"
        self.second.join(30)
        return placed(self.made)


def test_two_workers_and_six_calls_never_give_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    for gap in GAPS:
        with monkeypatch.context() as patch:
            assert Two(patch, gap, *debtor(6)).run() == 7, gap


def test_canary_without_the_lock_places_the_eighth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "lock_customers", lambda keys: set(keys))
    found = []
    for gap in GAPS:
        with monkeypatch.context() as patch:
            found.append(Two(patch, gap, *debtor(6)).run())
    assert max(found) == 8
