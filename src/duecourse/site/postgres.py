"""The embedded PostgreSQL for a command: `with embedded(): ...`."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duecourse.site.cluster import Cluster
from duecourse.site.home import home, prepare
from duecourse.site.keeper import address
from duecourse.site.trouble import Trouble


@contextmanager
def embedded(folder: Path | None = None) -> Iterator[None]:
    """The embedded server runs inside this block. Does nothing where DATABASE_URL names another server.

    The first command starts it, others share it, the last one out stops it and waits until it has stopped; a command
    that is killed counts as gone. Raises `Trouble` where the server cannot start.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    connection = _join(Cluster(prepare(folder or home())))
    owner = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == owner:  # a forked child leaves the goodbye to its parent
            _leave(connection)


def _join(cluster: Cluster) -> socket.socket:
    (cluster.home / "log").mkdir(mode=0o700, exist_ok=True)
    try:
        door = os.open(cluster.home / "pg.door", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Trouble(
            f"{cluster.home} cannot be written: {error.strerror}.", "Set DUECOURSE_HOME to another folder."
        ) from error
    try:
        fcntl.flock(door, fcntl.LOCK_EX)  # one at a time: two commands must not both start a server
        return _knock(cluster) or _start_keeper(cluster)
    finally:
        os.close(door)


def _knock(cluster: Cluster) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(address(cluster)))
        if connection.recv(16) == b"ready":
            return connection
    except PermissionError as error:
        connection.close()
        raise Trouble(
            f"The database in {cluster.home} is in use by another user.", "Run the command as that user."
        ) from error
    except OSError:
        pass  # no keeper, or one that is just leaving
    connection.close()
    return None


def _start_keeper(cluster: Cluster) -> socket.socket:
    ours, theirs = socket.socketpair()
    with theirs, (cluster.home / "log" / "keeper.log").open("ab") as log:
        subprocess.run(  # it forks and returns at once; we wait for its word below
            [sys.executable, "-m", "duecourse.site.keeper", str(cluster.home), str(theirs.fileno())],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=(theirs.fileno(),),
            start_new_session=True, cwd="/", check=True,
        )  # fmt: skip
    said = ours.recv(4096)
    if said != b"ready":
        ours.close()
        what, _, mend = said.decode(errors="replace").partition("\n")
        log_file = cluster.home / "log" / "keeper.log"
        raise Trouble(what or "The database could not start.", mend or f"See {log_file} for more.")
    return ours


def _leave(connection: socket.socket) -> None:
    with connection:
        try:
            connection.sendall(b"bye")
            while connection.recv(16):
                pass
        except OSError:
            pass  # the keeper is gone, and the server with it
