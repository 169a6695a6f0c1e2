"""Peers for the gateways, on this machine: an inbox for webhooks, the sandbox, and localstripe as own processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .peers import Inbox, SandboxProcess, free_port, open_inbox, wait_for


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as box:
        yield box


@pytest.fixture
def sandbox(tmp_path: Path, inbox: Inbox) -> Iterator[SandboxProcess]:
    home = tmp_path / "sandbox"
    home.mkdir()
    peer = SandboxProcess(home, free_port(), inbox.url)
    peer.start()
    yield peer
    if peer.process is not None and peer.process.poll() is None:
        peer.kill(signal.SIGTERM)


@pytest.fixture(scope="session")
def localstripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of localstripe, an independent imitation of Stripe. It keeps its state in its own folder only."""
    port = free_port()
    command = [sys.executable, "-m", "localstripe", "--port", str(port), "--from-scratch"]
    environment = os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("localstripe"))}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    wait_for(port, process)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=20)
