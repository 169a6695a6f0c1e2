"""The data folder and its secret key."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from duecourse.site.home import home, prepare, require_room, secret_key
from duecourse.site.trouble import Trouble


def test_the_default_is_var_beside_us(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DUECOURSE_HOME")
    monkeypatch.chdir(tmp_path)
    assert home() == tmp_path / "var"


def test_the_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    key = secret_key(folder)
    assert secret_key(folder) == key
    assert len(key) >= 50
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [entry.name for entry in folder.iterdir()] == ["secret_key"]


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_commands_at_once_read_one_key(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from duecourse.site.home import secret_key; print(secret_key(pathlib.Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "new")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(8)]
    assert len({process.communicate()[0] for process in running}) == 1


def test_the_key_may_come_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUECOURSE_SECRET_KEY", "given")
    assert secret_key(tmp_path / "new") == "given"
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="cannot be made") as caught:
        prepare(tmp_path / "file" / "home")
    assert "DUECOURSE_HOME" in caught.value.mend


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can play another user")
def test_a_folder_of_another_user() -> None:
    with tempfile.TemporaryDirectory() as folder:  # made for us alone, in a place that all may enter
        child = os.fork()
        if child == 0:
            os.setuid(pwd.getpwnam("nobody").pw_uid)
            try:
                prepare(Path(folder))
            except Trouble as trouble:
                os._exit(7 if "belongs to another user" in trouble.what else 1)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_room(tmp_path: Path) -> None:
    require_room(tmp_path, needed=1)
    with pytest.raises(Trouble, match="nearly full") as caught:
        require_room(tmp_path, needed=1 << 60)
    assert str(tmp_path) in caught.value.what
