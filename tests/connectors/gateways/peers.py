"""Peers for the gateways, on this machine: an inbox for webhooks, and the sandbox as its users run it."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from duecourse.connectors.gateways.port import Charge
from duecourse.connectors.gateways.sandbox.client import SandboxGateway
from duecourse.connectors.gateways.sandbox.keys import api_key, secret_in


def utc_now() -> datetime:
    return datetime.now(UTC)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "the peer ended before it listened"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the peer did not listen in time")


def charge(**changes: object) -> Charge:
    fields: dict[str, object] = {
        "amount_minor": 128460,
        "currency": "GBP",
        "key": "key-0000000001",
        "reference": "R-7F3K",
        "return_url": "http://127.0.0.1:8000/p/done",
        "payee": "Fernleigh Kitchen Supplies",
        "description": "Payment to Fernleigh Kitchen Supplies",
    }
    return Charge(**(fields | changes))  # type: ignore[arg-type]


@dataclass
class Inbox:
    """A webhook's end: keeps what came, and answers with the statuses in `answers` first, then 200."""

    url: str
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def wait(self, count: int, seconds: float = 15) -> list[tuple[dict[str, str], bytes]]:
        until = time.monotonic() + seconds
        while len(self.got) < count and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.got) >= count, f"{len(self.got)} of {count} webhooks came"
        return self.got


@contextlib.contextmanager
def open_inbox() -> Iterator[Inbox]:
    """An inbox that listens on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.got.append((dict(self.headers), body))
            self.send_response(box.answers.pop(0) if box.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box = Inbox(f"http://127.0.0.1:{server.server_address[1]}/hooks")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield box
    server.shutdown()
    server.server_close()


@dataclass
class SandboxProcess:
    """The sandbox gateway as its users run it."""

    home: Path
    port: int
    webhook: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def secret(self) -> str:
        return secret_in(self.home / "secret")

    @property
    def gateway(self) -> SandboxGateway:
        return SandboxGateway(url=self.url, secret=self.secret)

    def start(self) -> None:
        words = f"--port {self.port} --home {self.home} --webhook {self.webhook} --secret-file {self.home}/secret"
        command = [
            sys.executable,
            "-m",
            "duecourse.connectors.gateways.sandbox",
            *words.split(),
            "--first-pause",
            "0.05",
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self.port, self.process)

    def kill(self, number: int = signal.SIGKILL) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, object]]:
        data = None if body is None else json.dumps(body).encode()
        told = {"Authorization": f"Bearer {api_key(self.secret)}"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=told)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def faults(self, **wanted: int) -> None:
        assert self.call("POST", "/control/faults", wanted)[0] == 200

    def choose(self, page: str, choice: str) -> str:
        """What a payer does on the hosted page; answers where they are sent."""
        request = urllib.request.Request(page, data=f"choice={choice}".encode(), method="POST")
        opener = urllib.request.build_opener(_Stay())
        try:
            opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            with error:
                assert error.code == 303
                return str(error.headers["Location"])
        raise AssertionError("the page did not send the payer back")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None
