"""The sandbox's HTTP server: JSON for programs, pages for people."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from duecourse.connectors.gateways.sandbox import api, faults, page, payments
from duecourse.connectors.gateways.sandbox.keys import api_key, signing_key
from duecourse.connectors.gateways.sandbox.payments import Problem
from duecourse.connectors.gateways.sandbox.store import Store
from duecourse.connectors.gateways.sandbox.webhooks import Sender

MOST_BYTES = 64 * 1024
CSS = (Path(__file__).parent / "sandbox.css").read_bytes()
_CHOICES = {"pay": "succeeded", "decline": "failed"}


class Sandbox(ThreadingHTTPServer):
    """Serves until `end`. `clock` says what time it is; `base` is the address under which a payer finds the pages."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        *,
        home: Path,
        webhook: str,
        secret: str,
        clock: Callable[[], datetime],
        base: str = "",
        first_pause: float = 1.0,
    ) -> None:
        self.store = Store(home)
        self.key, self.clock = api_key(secret), clock
        super().__init__(address, Handler)
        self.base = base or f"http://{address[0]}:{self.server_address[1]}"
        self.sender = Sender(self.store, url=webhook, key=signing_key(secret), clock=clock, first_pause=first_pause)
        self.sender.start()

    def end(self) -> None:
        self.sender.end()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "DuecourseSandbox", ""
    timeout = 30
    server: Sandbox

    def do_GET(self) -> None:
        self._handle("GET", b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            return self._json(413, {"error": {"code": "body_too_large"}})
        self._handle("POST", self.rfile.read(int(length)))

    def _handle(self, method: str, body: bytes) -> None:
        path = self.path.partition("?")[0]
        if path == "/health":
            return self._json(200, {"sandbox": True})
        if path == "/sandbox.css":
            return self._send(200, CSS, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=300"})
        if path.startswith("/pay/"):
            return self._page(method, path.removeprefix("/pay/"), body)
        self._call(method, path, body)

    def _call(self, method: str, path: str, body: bytes) -> None:
        request = api.Request(method=method, path=path, headers=dict(self.headers), body=body, now=self.server.clock())
        status, slow, broken = 503, 0, 0
        try:
            with self.server.store.change() as db:
                if not path.startswith("/control/"):
                    slow, broken = faults.holds(db, "slow_ms"), faults.holds(db, "fail")
                if not broken:
                    status, answer = api.answer(db, request, key=self.server.key, base=self.server.base)
                    broken = 0 if path.startswith("/control/") else faults.holds(db, "forget")
        except Problem as problem:
            status, answer = problem.status, {"error": {"code": problem.code}}
        self.server.sender.wake()
        time.sleep(slow / 1000)
        if broken:
            status, answer = 503, {"error": {"code": "out_of_order"}}
        self._json(status, answer)

    def _page(self, method: str, token: str, body: bytes) -> None:
        now = self.server.clock()
        choice = parse_qs(body.decode("latin-1")).get("choice", [""])[0]
        try:
            with self.server.store.change() as db:
                payments.expire(db, now=now)
                payment = payments.by_token(db, token)
                if method == "POST" and choice in _CHOICES:
                    payment = payments.settle(db, payment, _CHOICES[choice], now=now)
        except Problem as problem:
            return self._html(problem.status, page.problem(), page.policy(""))
        if method == "POST":
            self.server.sender.wake()
            return self._send(303, b"", {"Location": payment["return_url"]})
        self._html(200, page.shown(payment), page.policy(payment["return_url"]))

    def _html(self, status: int, text: str, policy: str) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        self._send(status, text.encode(), headers | {"Content-Security-Policy": policy})

    def _json(self, status: int, body: dict[str, object]) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: an address of a page is a key to it."""
