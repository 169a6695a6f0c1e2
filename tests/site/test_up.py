"""`duecourse up`: one command to a running house, one Ctrl-C to silence, and no orphan however it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from duecourse.site.database import owner_uri
from duecourse.site.supervise import free_port, serves_pages
from tests.site.conftest import kill, processes_of, wait_until

pytestmark = pytest.mark.timeout(300)


@dataclass
class Up:
    """A running `duecourse up`, and what it printed until it was ready."""

    process: subprocess.Popen[str]
    port: int
    printed: str

    def page(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status

    def stop(self) -> float:
        """Ctrl-C. Seconds until it has ended."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)
        return time.monotonic() - began


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for all tests here, as one user would have it."""
    folder = tmp_path_factory.mktemp("up") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUECOURSE_HOME", str(folder))
        patch.delenv("DUECOURSE_POSTGRES_OPTIONS")
        yield folder


@pytest.fixture
def up(home: Path) -> Iterator[Callable[..., Up]]:
    """Starts `duecourse up` and waits until it says how to sign in."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> Up:
        port = free_port("127.0.0.1", 28000)
        command = [sys.executable, "-m", "duecourse.interfaces.cli", "up", "--port", str(port), *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        started.append(process)
        assert process.stdout
        printed = ""
        for line in process.stdout:
            printed += line
            if line.startswith("Stop with"):
                return Up(process, port, printed)
        raise AssertionError(f"it ended with {process.wait()}: {printed}")

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()
    wait_until(lambda: processes_of(home) == [], "orphans are left", seconds=10)


def _customers() -> int:
    with psycopg.connect(owner_uri()) as owner:
        row = owner.execute("SELECT count(*) FROM customer").fetchone()
    return row[0] if row else 0


def _commands(home: Path, word: bytes) -> list[int]:
    return [pid for pid in processes_of(home) if word in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_the_first_start_with_the_example(up: Callable[..., Up], home: Path) -> None:
    began = time.monotonic()
    house = up("--example")
    assert time.monotonic() - began < 60
    link = re.search(r"Sign in once with http://localhost:\d+(/\S+)", house.printed)
    assert link
    assert house.page(link[1]) == 200
    assert _customers() > 100
    assert len(_commands(home, b"duecourse.site.web")) >= 2
    assert len(_commands(home, b"cli\0work")) == 1
    assert len(_commands(home, b"sandbox")) == 1
    assert house.stop() < 5
    assert house.process.returncode == 0
    wait_until(lambda: processes_of(home) == [], "orphans are left", seconds=0.5)


def test_a_second_start_finds_its_data_again(up: Callable[..., Up]) -> None:
    house = up("--example")
    assert "decided for" not in house.printed  # nothing was loaded again
    assert _customers() > 100


def test_kill_9_leaves_no_orphan(up: Callable[..., Up], home: Path) -> None:
    house = up()
    assert len(processes_of(home)) > 6
    house.process.kill()
    house.process.wait()
    wait_until(lambda: processes_of(home) == [], "orphans are left", seconds=5)
    assert not serves_pages("127.0.0.1", house.port)


def test_kill_9_of_the_web_server_leaves_no_orphan_and_it_comes_back(up: Callable[..., Up], home: Path) -> None:
    house = up("--no-worker")
    before = set(_commands(home, b"duecourse.site.web"))
    masters = [pid for pid in before if _parent(pid) == house.process.pid]
    assert len(masters) == 1
    assert len(before) > 1
    kill(masters[0])
    wait_until(lambda: not before & set(_commands(home, b"duecourse.site.web")), "its workers outlived it", seconds=5)
    wait_until(lambda: serves_pages("127.0.0.1", house.port), "it did not come back", seconds=60)
    assert _commands(home, b"cli\0work") == []


def test_a_terminated_house_stops_too(up: Callable[..., Up], home: Path) -> None:
    house = up()
    house.process.terminate()
    house.process.wait(timeout=8)
    assert house.process.returncode == 0
    wait_until(lambda: processes_of(home) == [], "orphans are left", seconds=0.5)


def test_a_taken_port_is_named_with_the_mend(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "duecourse.interfaces.cli", "up", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "--port" in done.stderr.splitlines()[1]
    assert "Traceback" not in done.stderr


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
