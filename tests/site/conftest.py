"""Data folders and processes of their own, with the durable settings that users get."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from duecourse.site.cluster import Cluster

# Holds the server, says so, and waits to be told to leave.
HOLD = """
import sys
from duecourse.site.postgres import embedded
with embedded():
    print("ready", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder. Its parents are closed to all but us, like root's own folder."""
    home = tmp_path / "home"
    monkeypatch.setenv("DUECOURSE_HOME", str(home))
    monkeypatch.delenv("DUECOURSE_POSTGRES_OPTIONS")
    yield home
    wait_until(lambda: processes_of(home) == [], "the test left a server behind")


@pytest.fixture
def hold() -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts a process that holds the embedded server until its input ends."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def holds(process: subprocess.Popen[str]) -> bool:
    """Waits until it has the server; False where it failed."""
    assert process.stdout
    return process.stdout.readline() == "ready\n"


def leave(process: subprocess.Popen[str]) -> None:
    """The orderly end."""
    process.communicate("leave\n")
    assert process.returncode == 0


def processes_of(home: Path) -> list[int]:
    """Every process of this data folder: keeper, server and its children, web and worker."""
    data = Cluster(home).data
    inside = data.stat() if data.exists() else None
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                place = (entry / "cwd").stat()
                of_server = inside and (place.st_dev, place.st_ino) == (inside.st_dev, inside.st_ino)
                environment = (entry / "environ").read_bytes().split(b"\0")
                ours = b"DUECOURSE_HOME=" + os.fsencode(home) in environment
                if (of_server or ours) and (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found.append(int(entry.name))
    return found


def keeper_of(home: Path) -> int:
    """Process id of the keeper."""
    for pid in processes_of(home):
        if b"duecourse.site.keeper" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise AssertionError("no keeper")


def server_of(home: Path) -> int:
    """Process id of the server."""
    return int((Cluster(home).data / "postmaster.pid").read_text().split("\n")[0])


def wait_until(true: Callable[[], bool], otherwise: str, seconds: float = 30.0) -> float:
    """Seconds it took. Fails the test when it takes too long."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, otherwise
        time.sleep(0.02)
    return time.monotonic() - began


def kill(pid: int) -> None:
    """kill -9."""
    os.kill(pid, signal.SIGKILL)
