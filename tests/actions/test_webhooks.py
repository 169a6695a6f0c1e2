"""What gateways call in with: believed only when signed, taken in once, in any order, and never lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from duecourse.actions.pay import start_payment
from duecourse.actions.post_payment import take
from duecourse.connectors.gateways.port import Event, Kind
from duecourse.connectors.gateways.sandbox.keys import signing_key
from duecourse.connectors.gateways.sandbox.signature import sign
from tests.actions.paying import NOW, Double, credit_of, entries_of, open_of, owes, rows, sandbox_body, tasks, wiring
from tests.conftest import Book

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def gateway(book: Book) -> Iterator[Double]:
    double = Double()
    with wiring(double):
        yield double


def pending(amount: int = 800, **changes: object):
    who = owes((300, MAY), (500, JUNE))
    start_payment(who, currency="GBP", amount_minor=amount, return_url="http://localhost/", now=NOW, **changes)
    return who


def state() -> list[str]:
    return [row[0] for row in rows("SELECT state FROM payment ORDER BY id")]


def story(gateway: Double) -> dict[str, Event]:
    """All that can be said of one payment: paid, a late failure, refunds of which one bounces, a claim that is won."""
    ref, of = "double_1", gateway.event
    return {
        "paid": of(ref, kind=Kind.SUCCEEDED),
        "failed": of(ref, kind=Kind.FAILED),
        "waits": of(ref, kind=Kind.PENDING),
        "refund": of(ref, kind=Kind.REFUNDED, part_ref="re_1", amount_minor=100),
        "bounced": of(ref, kind=Kind.REFUNDED, part_ref="re_2", amount_minor=50),
        "bounce": of(ref, kind=Kind.REFUND_FAILED, part_ref="re_2", amount_minor=50),
        "claim": of(ref, kind=Kind.DISPUTED, part_ref="du_1", amount_minor=700),
        "won": of(ref, kind=Kind.DISPUTE_WON, part_ref="du_1", amount_minor=700),
    }


ORDERS = [
    ["paid", "waits", "failed", "refund", "bounced", "bounce", "claim", "won"],
    ["won", "claim", "bounce", "bounced", "refund", "failed", "waits", "paid"],
    ["refund", "claim", "paid", "bounce", "won", "bounced", "failed", "waits"],
    ["failed", "won", "refund", "paid", "bounced", "claim", "bounce", "waits"],
]


@pytest.mark.parametrize("order", ORDERS)
def test_any_order_comes_to_the_same(gateway: Double, order: list[str]) -> None:
    who = pending()
    said = story(gateway)
    for name in order:
        take("double", [said[name]], now=NOW)
    assert state() == ["succeeded"]
    assert sum(open_of(who)) - credit_of(who) == 100
    cash = sorted(entries_of(who))
    assert cash == [
        ("chargeback", -700),
        ("chargeback_back", 700),
        ("payment", 800),
        ("refund", -100),
        ("refund", -50),
        ("refund_back", 50),
    ]
    assert rows("SELECT count(*) FROM hold WHERE until_at IS NULL") == [(0,)]


@pytest.mark.parametrize("pair", list(itertools.permutations(["paid", "failed"])))
def test_a_late_failure_cannot_undo_a_success(gateway: Double, pair: tuple[str, str]) -> None:
    who = pending()
    for name in pair:
        take("double", [story(gateway)[name]], now=NOW)
    assert state() == ["succeeded"] and open_of(who) == [0, 0]


def test_a_copy_changes_nothing(gateway: Double) -> None:
    who = pending()
    for _ in range(5):
        take("double", [story(gateway)["paid"]], now=NOW)
    assert entries_of(who) == [("payment", 800)]
    assert rows("SELECT count(*) FROM outbox WHERE purpose = 'receipt'") == [(1,)]


def test_the_same_news_under_another_id_is_posted_once(gateway: Double) -> None:
    who = pending()
    for id in ("evt_1", "evt_2", "ask:double_1:succeeded"):
        take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED, id=id)], now=NOW)
    assert entries_of(who) == [("payment", 800)]


@pytest.mark.parametrize(("amount", "currency"), [(799, "GBP"), (801, "GBP"), (800, "EUR"), (800, "JPY")])
def test_another_sum_or_currency_is_booked_as_it_came_and_shown_to_a_person(
    gateway: Double, amount: int, currency: str
) -> None:
    who = pending()
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED, amount_minor=amount, currency=currency)], now=NOW)
    assert (open_of(who), credit_of(who, currency)) == ([300, 500], amount)
    assert (state(), tasks()) == (["succeeded"], ["payment_differs"])


def test_a_gateway_that_contradicts_itself_is_shown_to_a_person(gateway: Double) -> None:
    who = pending()
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED, id="a")], now=NOW)
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED, id="b", amount_minor=900)], now=NOW)
    assert (entries_of(who), tasks()) == ([("payment", 800)], ["payment_unclear"])


def test_an_unknown_payment_is_kept_and_shown_to_a_person(gateway: Double) -> None:
    owes((300, MAY))
    for copy in range(3):
        stray = Event("evt_9", Kind.SUCCEEDED, "pay_9", 700, "GBP", NOW, reference="7-FFFF")
        assert take("double", [stray], now=NOW + timedelta(seconds=copy)) is None
    assert rows("SELECT event_id, payment_id FROM payment_event") == [("evt_9", None)]
    assert tasks() == ["payment_unplaced"]
    assert rows("SELECT count(*) FROM entry WHERE kind = 'payment'") == [(0,)]


@pytest.mark.parametrize(
    "reference", ["", "x", "7-", "-7", "FFF-1", "1-FFFFFFFFFFFFFFFFFF", "7-1", "07-1-ABCDEF", "１-１"]
)
def test_a_reference_that_is_not_ours_is_no_fault(gateway: Double, reference: str) -> None:
    assert take("double", [Event("evt_9", Kind.SUCCEEDED, "", 700, "GBP", NOW, reference=reference)], now=NOW) is None


def test_the_payment_of_another_installation_is_not_ours(gateway: Double) -> None:
    who = pending()
    ours = gateway.held["double_1"].charge.reference
    theirs = ours[:-6] + ("000000" if ours[-6:] != "000000" else "111111")
    other = gateway.event("double_1", kind=Kind.SUCCEEDED, reference=theirs, gateway_ref="pay_of_another")
    assert take("double", [other], now=NOW) is None
    assert (state(), open_of(who)) == (["pending"], [300, 500])


def test_news_that_came_before_we_knew_whose_it_was_counts_once_we_know(gateway: Double) -> None:
    who = pending()
    early = gateway.event(
        "double_1", kind=Kind.REFUNDED, reference="", gateway_ref="pi_7", part_ref="re_1", amount_minor=800
    )
    assert take("double", [early], now=NOW) is None
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED, gateway_ref="pi_7")], now=NOW)
    assert (state(), open_of(who)) == (["refunded"], [300, 500])
    # Later news may name the gateway's own reference only.
    later = gateway.event(
        "double_1", kind=Kind.DISPUTED, reference="", gateway_ref="pi_7", part_ref="du_1", amount_minor=800
    )
    assert take("double", [later], now=NOW) is not None
    assert state() == ["disputed"]


def test_a_chargeback_after_closing_opens_softly(gateway: Double) -> None:
    who = pending()
    said = story(gateway)
    take("double", [said["paid"]], now=NOW)
    take("double", [said["claim"]], now=NOW)
    assert (state(), open_of(who), tasks()) == (["disputed"], [200, 500], ["chargeback"])
    assert rows("SELECT kind, review_date FROM hold WHERE until_at IS NULL") == [("dispute", date(2026, 12, 8))] * 2
    take("double", [said["won"]], now=NOW + timedelta(days=3))
    assert (state(), open_of(who)) == (["succeeded"], [0, 0])
    assert rows("SELECT count(*) FROM hold WHERE until_at IS NULL") == [(0,)]


def test_money_is_booked_on_the_creditors_day(gateway: Double) -> None:
    pending()
    rows("UPDATE creditor SET timezone = 'Pacific/Auckland' RETURNING id")
    late = datetime.fromisoformat("2026-11-24T23:30:00+00:00")
    take("double", [gateway.event("double_1", kind=Kind.SUCCEEDED, at=late)], now=late)
    assert rows("SELECT booked_date FROM entry WHERE kind = 'payment'") == [(date(2026, 11, 25),)]


def test_no_address_no_receipt_and_no_fault(gateway: Double) -> None:
    who = owes((300, MAY), email="")
    start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/", now=NOW)
    take("double", [story(gateway)["paid"]], now=NOW)
    assert (open_of(who), rows("SELECT count(*) FROM outbox")) == ([0], [(0,)])


@pytest.fixture
def hooks(book: Book, tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "secret").write_text("s3cret")
    one = {"kind": "sandbox", "url": "http://127.0.0.1:1", "secret_file": str(tmp_path / "secret")}
    with override_settings(GATEWAYS={"sandbox": one}, ROOT_URLCONF="duecourse.interfaces.api.hooks"):
        yield Client()


def call(client: Client, *, at: datetime, key: bytes, path: str = "/sandbox/") -> tuple[int, str]:
    data = {"payment": "pay_1", "reference": "", "part": "", "amount_minor": 500, "currency": "GBP"}
    body = sandbox_body("evt_1", "payment.succeeded", data, at)
    answer = client.post(path, body, content_type="application/json", headers=sign("evt_1", body, key=key, at=at))
    return answer.status_code, answer.content.decode()


def test_over_http(hooks: Client) -> None:
    now, key = datetime.now(NOW.tzinfo), signing_key("s3cret")
    assert call(hooks, at=now, key=key) == (200, "kept\n")
    assert call(hooks, at=now, key=key) == (200, "kept\n")
    assert call(hooks, at=now, key=b"another") == (400, "signature\n")
    assert call(hooks, at=now - timedelta(minutes=6), key=key) == (400, "stale\n")
    assert call(hooks, at=now, key=key, path="/paypal/") == (404, "no such gateway\n")
    assert hooks.post("/sandbox/", b"{}", content_type="application/json").status_code == 400
    assert hooks.get("/sandbox/").status_code == 405
    assert rows("SELECT count(*) FROM payment_event") == [(1,)]


def test_when_our_database_is_away_the_gateway_is_asked_to_try_again(hooks: Client) -> None:
    now, key = datetime.now(NOW.tzinfo), signing_key("s3cret")
    patient = Client(raise_request_exception=False)
    with patch("duecourse.actions.receive_webhook.take", side_effect=OperationalError("gone")):
        assert call(patient, at=now, key=key)[0] == 500
    assert call(patient, at=now, key=key) == (200, "kept\n")


def test_no_other_site_check_stands_in_a_gateways_way(hooks: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert call(strict, at=datetime.now(NOW.tzinfo), key=signing_key("s3cret"))[0] == 200
