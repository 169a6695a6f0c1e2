"""After a crash: wait for what is left of the last server, and remove its lock file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from duecourse.site.trouble import Trouble

PATIENCE = 5.0
"""Seconds a server may take to end by itself before it is killed."""


def clear_leftover(data: Path) -> None:
    """Makes sure that no server runs on `data` and that no lock file of a dead one bars the way.

    The caller holds the keeper's lock, so a server still there has lost its keeper and is on its way out. PostgreSQL
    itself trusts the number in the lock file, and in a container a small number is soon another process's.
    """
    until = time.monotonic() + PATIENCE
    while left := _servers(data):
        if time.monotonic() > until:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if time.monotonic() > until + PATIENCE:
            raise Trouble(f"A database server still runs on {data} (process {left[0]}).", "Stop it, then try again.")
        time.sleep(0.02)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _servers(data: Path) -> list[int]:
    """Process ids of the servers on `data`: each works inside that folder."""
    if sys.platform != "linux":
        return _server_of_lock_file(data)
    inside = data.stat()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                place = (entry / "cwd").stat()
                same = (place.st_dev, place.st_ino) == (inside.st_dev, inside.st_ino)
                if same and (entry / "comm").read_text().strip() == "postgres":
                    found.append(int(entry.name))
    return found


def _server_of_lock_file(data: Path) -> list[int]:
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        ask = ["ps", "-o", "comm=", "-p", str(pid)]
        named = subprocess.run(ask, capture_output=True, text=True, check=False).stdout
    except (OSError, ValueError):
        return []
    return [pid] if "postgres" in named else []
