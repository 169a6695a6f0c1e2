"""The processes of `up`: started again when they die, stopped together, never left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Timer

import pytest

from duecourse.site.supervise import Child, free_port, require_free_port, supervise
from duecourse.site.trouble import Trouble
from tests.site.conftest import wait_until

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"


def _child(tmp_path: Path, program: str) -> Child:
    return Child("worker", [sys.executable, "-c", program], tmp_path / "log" / "child.log")


def _run(children: list[Child], seconds: float, ready=lambda: True, then=lambda: None) -> tuple[list[str], float]:
    """Supervises for a while. Returns what was said and how long the stop took."""
    said: list[str] = []
    stop = Event()
    Timer(seconds, stop.set).start()
    began = time.monotonic()
    supervise(children, stop, said.append, ready, then)
    return said, time.monotonic() - began - seconds


def test_a_child_that_dies_is_started_again_after_growing_pauses(tmp_path: Path) -> None:
    child = _child(tmp_path, "print('on')")
    said, _ = _run([child], 2.5)
    pauses = [line.partition("again in ")[2].partition(" s.")[0] for line in said]
    assert pauses[:2] == ["0.5", "1"]
    assert len(child.log.read_text().splitlines()) >= 2


def test_a_child_that_never_starts_is_given_up(tmp_path: Path) -> None:
    child = _child(tmp_path, "raise SystemExit(1)")
    child.failures = 3  # as after three tries
    with pytest.raises(Trouble, match="The worker does not start") as caught:
        _run([child], 20, ready=lambda: False)
    assert str(child.log) in caught.value.mend


def test_ready_is_told_once(tmp_path: Path) -> None:
    told: list[int] = []
    _run([_child(tmp_path, "import time; time.sleep(60)")], 0.5, then=lambda: told.append(1))
    assert told == [1]


def test_all_are_stopped(tmp_path: Path) -> None:
    children = [_child(tmp_path, "import time; time.sleep(60)") for _ in range(3)]
    _, took = _run(children, 0.3)
    assert [child.process and child.process.returncode for child in children] == [-signal.SIGTERM] * 3
    assert took < 1


def test_a_stubborn_child_and_its_own_child_are_killed_in_time(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    program = (
        f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]);"
        f"open({str(pid_file)!r}, 'w').write(str(p.pid)); {STUBBORN}"
    )
    child = _child(tmp_path, program)
    _, took = _run([child], 1.0)
    assert child.process
    assert child.process.returncode == -signal.SIGKILL
    assert took < 4
    wait_until(lambda: not _lives(int(pid_file.read_text())), "its child lives on")


def test_kill_9_of_the_supervisor_ends_the_children(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from threading import Event
from duecourse.site.supervise import Child, supervise
child = Child("worker", [sys.executable, "-c", "import time; time.sleep(60)"], Path({str(tmp_path)!r}) / "log")
supervise([child], Event(), print, lambda: True, lambda: print(child.process.pid, flush=True))
"""
    supervisor = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout
    pid = int(supervisor.stdout.readline())
    assert _lives(pid)
    supervisor.kill()
    supervisor.communicate()
    wait_until(lambda: not _lives(pid), "the child outlived its supervisor", seconds=2)


def test_a_taken_port_is_named_with_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is taken") as caught:
            require_free_port("127.0.0.1", port)
        assert "--port" in caught.value.mend
        assert free_port("127.0.0.1", port) != port


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
