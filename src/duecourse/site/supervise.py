"""The processes of `duecourse up`: started together, started again when one dies, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from duecourse.site.lifeline import die_with_parent
from duecourse.site.trouble import Trouble

GRACE = 2.0
"""Seconds a child has to end by itself before it is killed."""
LONGEST_PAUSE = 30.0
STEADY = 60.0
"""Seconds a child must run before its next failure counts as a first one."""


@dataclass
class Child:
    """One process and how often it failed of late."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    began: float = 0.0
    due: float = 0.0

    def start(self, now: float) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches it through us; it dies with us."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, **self.environment}, preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip
        self.began = now

    def look_after(self, now: float, say: Callable[[str], None]) -> None:
        """Starts it when it is due, and plans the next start when it has died: after 0.5 s, 1 s, 2 s and so on."""
        if self.process is None:
            if now >= self.due:
                self.start(now)
        elif self.process.poll() is not None:
            self.failures = 1 if now - self.began > STEADY else self.failures + 1
            pause = min(0.25 * 2**self.failures, LONGEST_PAUSE)
            say(f"The {self.name} stopped. It starts again in {pause:g} s. See {self.log}")
            self.process, self.due = None, now + pause


def on_signals(stop: Event) -> None:
    """Sets `stop` on the signals that ask a program to end."""
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, lambda *_: stop.set())


def supervise(
    children: Iterable[Child],
    stop: Event,
    say: Callable[[str], None],
    ready: Callable[[], bool],
    then: Callable[[], None],
) -> None:
    """Keeps the children running until `stop` is set, then stops them all within a few seconds.

    Calls `then` once, when all is `ready`. Raises `Trouble` where a child fails five times before that.
    """
    children = list(children)
    told = False
    try:
        while not stop.is_set():
            for child in children:
                child.look_after(time.monotonic(), say)
                if not told and child.failures >= 5:
                    raise Trouble(f"The {child.name} does not start.", f"See {child.log} for the reason.")
            if not told and ready():
                told = True
                then()
            stop.wait(0.1)
    finally:
        _end(child.process for child in children if child.process is not None)


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    processes = list(processes)
    for process in processes:
        process.terminate()
    until = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            # Its own children too: they share its session.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def require_free_port(host: str, port: int) -> None:
    """Raises `Trouble` when another program listens on the port, and names one that is free."""
    if _is_free(host, port):
        return
    other = next((p for p in range(port + 1, port + 50) if _is_free(host, p)), None)
    mend = f"Use `--port {other}`" if other else "Choose another with --port"
    raise Trouble(f"Port {port} is taken by another program.", f"{mend}, or stop that program.")


def free_port(host: str, wanted: int) -> int:
    """The first free port from `wanted` on. Raises `Trouble` when 50 in a row are taken."""
    for port in range(wanted, wanted + 50):
        if _is_free(host, port):
            return port
    raise Trouble(f"No port is free from {wanted} to {wanted + 49}.", "Choose another with --port.")


def serves_pages(host: str, port: int) -> bool:
    """Whether a page comes from there: the port opens before the pages are ready."""
    connection = HTTPConnection(host, port, timeout=1)
    try:
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} is not for everyone.", "Use --port with a number above 1023.") from error
        except OSError:
            return False
    return True
