"""Sending the sandbox's events: signed anew at each try, again and again with growing pauses until they are taken."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime

from duecourse.connectors.gateways.sandbox import faults, payments
from duecourse.connectors.gateways.sandbox.signature import sign
from duecourse.connectors.gateways.sandbox.store import Store

MOST_TRIES = 20
LONGEST_PAUSE = 300.0
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Sender(threading.Thread):
    """A thread that looks for events that are due."""

    def __init__(
        self, store: Store, *, url: str, key: bytes, clock: Callable[[], datetime], first_pause: float = 1.0
    ) -> None:
        super().__init__(name="webhooks", daemon=True)
        if not url.startswith(("https://", "http://")):
            raise ValueError("Webhooks are sent by http or https")
        self._store, self._url, self._key, self._clock, self._first_pause = store, url, key, clock, first_pause
        self._wake, self._ended = threading.Event(), threading.Event()

    def wake(self) -> None:
        self._wake.set()

    def end(self) -> None:
        self._ended.set()
        self._wake.set()
        self.join(timeout=15)

    def run(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            if not self.send_one():
                self._wake.wait(0.2)

    def send_one(self) -> bool:
        """Send the next event that is due; False when none is."""
        now = self._clock()
        with self._store.change() as db:
            payments.expire(db, now=now)
            if faults.holds(db, "hold"):
                return False
            order = "desc" if faults.holds(db, "reverse") else "asc"
            due = "select * from event where outcome = 'due' and due_at <= ? order by seq"
            event = db.execute(f"{due} {order} limit 1", (now.timestamp(),)).fetchone()
            if event is None:
                return False
            copies, forged = 1 + faults.holds(db, "duplicate"), faults.holds(db, "forge")
        if forged:
            self._post(event["id"], event["body"].encode(), key=b"a wrong key")
        answers = [self._post(event["id"], event["body"].encode(), key=self._key) for _ in range(copies)]
        tries = event["tries"] + 1
        pause = min(self._first_pause * 2.0 ** min(tries - 1, 30), LONGEST_PAUSE)
        outcome = "taken" if all(answers) else "given up" if tries >= MOST_TRIES else "due"
        with self._store.change() as db:
            sql = "update event set tries = ?, outcome = ?, due_at = ? where seq = ?"
            db.execute(sql, (tries, outcome, now.timestamp() + pause, event["seq"]))
        return True

    def _post(self, id: str, body: bytes, *, key: bytes) -> bool:
        headers = sign(id, body, key=key, at=self._clock()) | {"Content-Type": "application/json"}
        request = urllib.request.Request(self._url, data=body, method="POST", headers=headers)  # noqa: S310 (checked above)
        try:
            with _opener.open(request, timeout=10) as reply:
                return bool(200 <= reply.status < 300)
        except (OSError, urllib.error.URLError, ValueError):
            return False
