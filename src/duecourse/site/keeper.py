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
from contextlib import suppress
from pathlib import Path

from duecourse.site.cluster import Cluster
from duecourse.site.trouble import Trouble

PATIENT, HASTY = 10.0, 3.0
"""Seconds for an orderly stop, after a goodbye and after a crash; then the server stops at once and recovers later."""


def address(cluster: Cluster) -> str:
    """Where the keeper of this cluster listens."""
    return str(cluster.runtime / "keeper")


def keep(cluster: Cluster, first: socket.socket) -> int:
    """Starts the server, serves the commands that use it, stops it after the last. Returns the exit code."""
    lock = os.open(cluster.home / "pg.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)  # waits while the keeper before us is still stopping its server
    try:
        cluster.create()
        server = cluster.start()
    except (Trouble, OSError) as error:
        trouble = error if isinstance(error, Trouble) else Trouble(f"The database could not start: {error}.")
        first.sendall(f"{trouble.what}\n{trouble.mend}".encode())
        return 1
    _stop(server, _serve(cluster, server, first))
    return 0


def _serve(cluster: Cluster, server: subprocess.Popen[bytes], first: socket.socket) -> float:
    """Until the last user leaves. Returns how long the server may take to stop."""
    Path(address(cluster)).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address(cluster))
    os.chmod(address(cluster), 0o600)
    listener.listen(64)
    patience = HASTY
    with selectors.DefaultSelector() as watch:
        watch.register(listener, selectors.EVENT_READ)
        users = {first}
        _welcome(first, watch)
        while users and server.poll() is None:
            for key, _ in watch.select(timeout=2):
                if key.fileobj is listener:
                    user = listener.accept()[0]
                    users.add(user)
                    _welcome(user, watch)
                    continue
                patience = PATIENT if _said_goodbye(key.fileobj) else HASTY
                watch.unregister(key.fileobj)
                users.remove(key.fileobj)
                if users:
                    key.fileobj.close()
    # The last user waits for its connection to close, which it does when this process ends, the server having stopped.
    Path(address(cluster)).unlink(missing_ok=True)
    listener.close()
    return patience


def _welcome(user: socket.socket, watch: selectors.BaseSelector) -> None:
    watch.register(user, selectors.EVENT_READ)
    with suppress(OSError):  # where it is gone already, the selector says so next
        user.sendall(b"ready")


def _said_goodbye(user: socket.socket) -> bool:
    try:
        return user.recv(16) == b"bye"
    except OSError:
        return False


def _stop(server: subprocess.Popen[bytes], patience: float) -> None:
    for kind, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 6.0), (signal.SIGKILL, 6.0)):
        server.send_signal(kind)
        try:
            server.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue


def _end(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    if os.fork():  # nobody's child: the command that started it may end long before it does
        os._exit(0)
    signal.signal(signal.SIGTERM, _end)  # the server then dies with us, at once and safely
    sys.exit(keep(Cluster(Path(sys.argv[1])), socket.socket(fileno=int(sys.argv[2]))))
