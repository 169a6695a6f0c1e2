"""The keeper: a small process that owns the embedded server for as long as any command uses it.

Each command holds a connection to the keeper. The kernel closes it however the command ends, so the keeper always
knows. When the last one is gone it stops the server and ends. Should the keeper itself be killed, the server dies
with it. Run as `python -m duecourse.site.keeper HOME FD`, where FD is the first command's connection.
"""

from __future__ import annotations

import fcntl
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from duecourse.site.cluster import Cluster
from duecourse.site.trouble import Trouble

PATIENT, HASTY = 3.0, 1.0
"""Seconds for an orderly stop, after a goodbye and after a crash; then the server stops at once and recovers later."""


def address(cluster: Cluster) -> Path:
    """Where the keeper of this cluster listens."""
    return cluster.runtime / "keeper"


class Keeper:
    """Who uses the server, and the door by which more come in."""

    def __init__(self, cluster: Cluster) -> None:
        address(cluster).unlink(missing_ok=True)
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(address(cluster)))
        address(cluster).chmod(0o600)
        self.door.listen(64)
        self.users: set[socket.socket] = set()
        self.last: socket.socket | None = None
        self.patience = HASTY
        self.watch = selectors.DefaultSelector()
        self.watch.register(self.door, selectors.EVENT_READ)

    def welcome(self, user: socket.socket) -> None:
        """A command joins: it is told that the server takes connections."""
        self.users.add(user)
        self.watch.register(user, selectors.EVENT_READ)
        with suppress(OSError):  # where it is gone already, the watch says so next
            user.sendall(b"ready")

    def tend(self) -> None:
        """Waits up to two seconds for commands that come and go."""
        for key, _ in self.watch.select(timeout=2):
            if key.fileobj is self.door:
                self.welcome(self.door.accept()[0])
            else:
                self._farewell(key.fileobj)

    def _farewell(self, user: socket.socket) -> None:
        said = b""
        with suppress(OSError):
            said = user.recv(16)
        self.patience = PATIENT if said == b"bye" else HASTY
        self.watch.unregister(user)
        self.users.remove(user)
        if self.users:
            user.close()
        else:
            self.last = user  # stays open until this process ends: the last one waits for that, and all is stopped then

    def close(self, cluster: Cluster) -> None:
        """No more commands: who knocks now starts a keeper of its own."""
        address(cluster).unlink(missing_ok=True)
        self.door.close()


def keep(cluster: Cluster, first: socket.socket) -> int:
    """Starts the server, serves the commands that use it, stops it after the last. Returns the exit code."""
    try:
        _lock(cluster.home / "pg.lock")
        cluster.create()
        server = cluster.start()
    except (Trouble, OSError) as error:
        first.sendall(str(error).encode())
        return 1
    keeper = Keeper(cluster)
    try:
        keeper.welcome(first)
        while keeper.users:
            if server.poll() is not None:  # killed, or out of memory
                server = cluster.start()
            keeper.tend()
    finally:
        keeper.close(cluster)
        _stop(server, keeper.patience)
        cluster.tidy()
    return 0


def _lock(file: Path) -> None:
    """One keeper for a data folder: waits while the one before us is still stopping its server. Held until we end."""
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + 20
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Trouble(f"Another process keeps {file} locked.", "Stop it, then try again.") from None
            time.sleep(0.01)


def _stop(server: subprocess.Popen[bytes], patience: float) -> None:
    for kind, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 6.0), (signal.SIGKILL, 6.0)):
        server.send_signal(kind)
        with suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
            return


def _end(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    if os.fork():  # nobody's child: the command that started it may end long before it does
        os._exit(0)
    signal.signal(signal.SIGTERM, _end)
    sys.exit(keep(Cluster(Path(sys.argv[1])), socket.socket(fileno=int(sys.argv[2]))))
