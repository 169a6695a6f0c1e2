"""`bench send`: the sender over a bare loop that builds the same mails and hands them to the same server.

The bare loop writes nothing, looks at nothing and renders nothing: it holds the texts already.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connections

from duecourse.actions.day import run_day
from duecourse.actions.send import Sender, send_batch
from duecourse.actions.transport import Live
from duecourse.actions.worker import Worker
from duecourse.bench.book import clear
from duecourse.bench.day import NOW
from duecourse.bench.measure import Measured
from duecourse.connectors.channels.email import Mail, Smtp, build
from duecourse.core.decide.playbook import packaged
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.journal.models import Message
from duecourse.records.tenancy import scope

MESSAGES = 3_000


def run(measured: Measured, progress: Callable[[str], None]) -> None:
    """Fills `measured`: seconds for up to MESSAGES messages, ours and bare."""
    folder = Path(tempfile.mkdtemp())
    with connections["owner"].cursor() as cursor:
        clear(cursor)  # of an earlier bench on the same book
    # The day plans at nine; the sender starts an hour later, inside everybody's hours.
    clock = lambda: NOW + timedelta(hours=1)  # noqa: E731
    try:
        run_day(
            at=NOW, as_of=NOW.date(), playbook=packaged("polite@1"), rules=Rulebook.load(as_of=NOW.date()), folder=folder / "runs",
            code_version="bench",
        )  # fmt: skip
        with _server() as url, Worker(folder / "flight") as worker, Smtp(url) as session:
            sender = Sender(
                worker=worker, transport=Live(mail=session), base_url="http://localhost:8000", mail_from="a@example.org", clock=clock,
                rules=Rulebook.load,
            )  # fmt: skip
            send_batch(sender)  # warm: templates parsed, plans known, connections open
            progress("the sender")
            with measured.stage("send"):
                while measured.rows["messages"] < MESSAGES:
                    sent = send_batch(sender)
                    if not sent.claimed:
                        break
                    measured.rows["messages"] += sent.counts["accepted"]
            mails = _same_mails(measured.rows["messages"])
            progress("the bare loop")
            with Smtp(url) as bare:
                bare.send(mails[0], build(mails[0]))
                started = time.perf_counter()
                for mail in mails:
                    bare.send(mail, build(mail))
                measured.reference["build and hand over"] = time.perf_counter() - started
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    measured.more["messages_per_second"] = round(measured.rows["messages"] / measured.stages["send"])
    measured.more["share_of_bare_loop"] = round(measured.reference["build and hand over"] / measured.stages["send"], 3)


def _same_mails(n: int) -> list[Mail]:
    with scope("all"):
        return [
            Mail(
                m.message_id, "Creditor 1", "a@example.org", m.recipient, m.subject, m.text, m.html, "a@example.org",
                "http://localhost:8000/p/1-1-1.abcdefghijklmnopqrstuvwxyz/stop/",
            )
            for m in Message.objects.order_by("-id")[:n]
        ]  # fmt: skip


@contextmanager
def _server() -> Iterator[str]:
    """aiosmtpd as a process of its own; it takes everything and keeps nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
