"""The whole way with the sandbox gateway as its own process, from its page to the ledger; and killed at each gap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings

from duecourse.actions.ask_gateway import ASK_AFTER, ask_pending, latest
from duecourse.actions.pay import start_payment
from duecourse.connectors.gateways.port import Kind
from tests.actions.paying import credit_of, entries_of, open_of, owes, rows
from tests.conftest import Book
from tests.connectors.gateways.peers import SandboxProcess, free_port, utc_now

MAY = date(2026, 5, 1)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def sandbox(book: Book, tmp_path: Path) -> Iterator[SandboxProcess]:
    """The sandbox gateway, wired both ways to our own webhook address on a real port."""
    home = tmp_path / "sandbox"
    home.mkdir()
    web = WSGIServer(("127.0.0.1", 0), Quiet)
    peer = SandboxProcess(home, free_port(), f"http://127.0.0.1:{web.server_port}/sandbox/")
    peer.start()
    one = {"kind": "sandbox", "url": peer.url, "secret_file": str(home / "secret")}
    # Processes that a test starts read their gateways from the environment and the data folder.
    os.environ["DUECOURSE_SANDBOX_URL"] = peer.url
    (book.home / "sandbox_secret").write_text((home / "secret").read_text())
    with override_settings(
        GATEWAYS={"sandbox": one}, ROOT_URLCONF="duecourse.interfaces.api.hooks", ALLOWED_HOSTS=["127.0.0.1"]
    ):
        web.set_app(WSGIHandler())
        server = threading.Thread(target=lambda: (web.serve_forever(), connection.close()))
        server.start()
        yield peer
        web.shutdown()
        server.join()
        web.server_close()
    del os.environ["DUECOURSE_SANDBOX_URL"]
    peer.kill(signal.SIGTERM)


def wait_for_state(state: str) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if rows("SELECT state FROM payment ORDER BY id DESC LIMIT 1") == [(state,)]:
            return
        time.sleep(0.05)
    raise AssertionError(rows("SELECT state FROM payment"))


def test_from_the_page_to_the_ledger(sandbox: SandboxProcess) -> None:
    who = owes((300, MAY), (500, date(2026, 6, 1)))
    sandbox.faults(duplicate=2, forge=1)
    payment = start_payment(who, currency="GBP", amount_minor=400, return_url="http://localhost/back/", now=utc_now())
    assert sandbox.choose(payment.redirect_url, "pay") == "http://localhost/back/"
    wait_for_state("succeeded")
    assert (open_of(who), entries_of(who)) == ([0, 400], [("payment", 400)])
    sandbox.call(
        "POST", f"/v1/payments/{payment.gateway_ref}/refunds", {"amount_minor": 400}, Idempotency_Key="back-001"
    )
    wait_for_state("refunded")
    assert (open_of(who), credit_of(who)) == ([300, 500], 0)


def test_the_page_after_paying_does_not_wait_for_the_webhook(sandbox: SandboxProcess) -> None:
    who = owes((300, MAY))
    sandbox.faults(hold=1)
    payment = start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/back/", now=utc_now())
    sandbox.choose(payment.redirect_url, "pay")
    assert latest(who, now=utc_now()).state == "succeeded"
    sandbox.faults(hold=0)
    time.sleep(1)
    assert entries_of(who) == [("payment", 300)]


@pytest.mark.parametrize("place", ["pay.before_call", "pay.before_record"])
@pytest.mark.parametrize("then", ["the payer tries again", "nobody comes back"])
def test_killed_on_the_way_to_the_gateway(sandbox: SandboxProcess, place: str, then: str) -> None:
    who = owes((300, MAY))
    words = [str(n) for n in (who.creditor_id, who.shard, who.link_id, who.customer_id)]
    command = [sys.executable, "-m", "tests.actions.start_once", *words]
    killed = subprocess.run(command, env=os.environ | {"DUECOURSE_FAILPOINT": place}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert rows("SELECT state, gateway_ref FROM payment") == [("new", "")]
    if then == "the payer tries again":
        payment = start_payment(
            who, currency="GBP", amount_minor=300, return_url="http://localhost/p/x/paid/", now=utc_now()
        )
        sandbox.choose(payment.redirect_url, "pay")
        wait_for_state("succeeded")
        assert (open_of(who), entries_of(who)) == ([0], [("payment", 300)])
    else:
        assert ask_pending(now=utc_now() + ASK_AFTER + timedelta(minutes=1)) == {"failed": 1}
        assert open_of(who) == [300]
    # Whatever happened, the gateway holds one payment for the one key.
    assert rows("SELECT count(*), count(DISTINCT key) FROM payment") == [(1, 1)]


def test_a_gateway_that_lost_its_memory(sandbox: SandboxProcess) -> None:
    who = owes((300, MAY))
    payment = start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/back/", now=utc_now())
    rows("UPDATE payment SET gateway_ref = 'pay_gone' WHERE id = %s RETURNING id", payment.id)
    assert ask_pending(now=utc_now() + ASK_AFTER + timedelta(minutes=1)) == {Kind.FAILED: 1}
    assert rows("SELECT kind FROM task") == [("payment_gone",)]
