"""Kill the sender at every named place: nothing is sent twice, nothing is lost outside the uncertain tray (P1, P2)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from duecourse.actions.go_live import set_mode
from duecourse.records.models import Outbox
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.sink import smtp_sink

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(600)]

GAPS = [
    "send.after_claim", "send.after_lock", "send.after_look", "send.before_mark_commit", "send.after_mark", "send.before_call",
    "send.after_call", "send.after_log", "send.before_record", "send.after_record",
]  # fmt: skip


def run_worker(url: str, failpoint: str = "", *, module: str = "duecourse.interfaces.cli", now: str = "") -> int:
    """`duecourse work --once` as a process of its own; returns its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", module, "work", "--once"],
        env={**os.environ, "DUECOURSE_SMTP_URL": url, "DUECOURSE_FAILPOINT": failpoint, "DUECOURSE_NOW": now or making.NOW.isoformat()},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if done.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(done.stderr)
    return done.returncode


def states() -> dict[str, set[int]]:
    with scope("all"):
        found: dict[str, set[int]] = {}
        for id_, state in Outbox.objects.values_list("id", "state"):
            found.setdefault(state, set()).add(id_)
    return found


def test_forty_kills_no_duplicate_and_nothing_lost(tmp_path):
    making.crowd(2_000)
    making.run_day(tmp_path)
    set_mode(live=True, who="test", why="test", now=making.NOW)
    # Every gap four times; those inside the batch at different messages of it.
    kills = [f"{gap}:{1 + 37 * i if gap in GAPS[5:8] else 1}" for i in range(4) for gap in GAPS]
    with smtp_sink() as (sink, url):
        hit = sum(run_worker(url, kill) == -signal.SIGKILL for kill in kills)
        while states().get("due"):
            run_worker(url)
        run_worker(url)
        final = states()
    assert hit >= len(kills) - 2, "the kills must happen for this test to mean anything"
    assert max(sink.delivered.values()) == 1, "a message was delivered twice"
    assert set(final) <= {"sent", "uncertain"} and sum(map(len, final.values())) == 2_000
    assert final["sent"] <= set(sink.delivered), "a message counts as sent and was never delivered"
    assert len(final.get("uncertain", ())) <= hit, "more in doubt than one a kill"
    print(f"kills {hit}, delivered {len(sink.delivered)}, in doubt {len(final.get('uncertain', ()))}")


def test_canary_without_the_durable_mark_delivers_twice(tmp_path):
    making.crowd(300)
    making.run_day(tmp_path)
    set_mode(live=True, who="test", why="test", now=making.NOW)
    with smtp_sink() as (sink, url):
        for kill in ("send.after_call:30", "send.after_log:60", ""):
            run_worker(url, kill, module="tests.actions.canary_work")
    assert max(sink.delivered.values()) > 1
