"""`duecourse` itself: quick to start, offers only what is there, ends with 0, 1 or 2."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from duecourse.interfaces.cli import COMMANDS, main

DUECOURSE = [str(Path(sys.executable).with_name("duecourse"))]


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*DUECOURSE, *words], capture_output=True, text=True, check=False)


def test_help_is_quick() -> None:
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert _run("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Time on the processor: what else the machine does is not our fault.
        took.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(took) < 0.3


def test_help_imports_neither_django_nor_polars() -> None:
    program = (
        "import sys; from duecourse.interfaces.cli import main;"
        "main(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"django", "polars", "psycopg", "rich"} & set(loaded)


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_each_command_offered_can_be_read(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert isinstance(command, click.Command)
    assert command.help


def test_a_command_whose_module_is_missing_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "later", ("later:later", "Not yet."))
    assert "later" not in main.list_commands(click.Context(main))
    assert main.get_command(click.Context(main), "later") is None


@pytest.mark.parametrize("words", [["nonsense"], ["up", "--port", "0"], ["doctor", "--nonsense"]])
def test_wrong_use_is_2(words: list[str]) -> None:
    done = _run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
