"""A full disk: said plainly, nothing lost, and all goes on when there is room again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from duecourse.interfaces.cli.fault import explain_fault
from duecourse.site.database import owner_uri
from duecourse.site.postgres import embedded
from duecourse.site.trouble import Trouble

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")


@pytest.fixture
def disk(own_home: Path) -> Iterator[Path]:
    """The data folder on a disk of 400 MB."""
    own_home.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400m,mode=0700", "small", own_home], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    yield own_home
    subprocess.run(["umount", "--lazy", own_home], check=True)


def _fill(disk: Path, leave: int) -> Path:
    """Fills the disk but for `leave` bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - leave)
    return ballast


def test_no_room_to_begin(disk: Path) -> None:
    ballast = _fill(disk, leave=20_000_000)
    with pytest.raises(Trouble, match="nearly full") as caught, embedded():
        pass
    assert "Free some space" in caught.value.mend
    ballast.unlink()
    with embedded():
        pass


def test_it_fills_while_we_write(disk: Path) -> None:
    with embedded():
        with psycopg.connect(owner_uri()) as owner:
            owner.execute("CREATE TABLE word (said text)")
            owner.execute("INSERT INTO word VALUES ('kept')")
        ballast = _fill(disk, leave=30_000_000)
        with pytest.raises(psycopg.Error) as caught, psycopg.connect(owner_uri()) as owner:
            owner.execute("INSERT INTO word SELECT repeat(md5(i::text), 10) FROM generate_series(1, 1000000) AS i")
        assert explain_fault(caught.value).startswith("The disk is full.")
        ballast.unlink()
    with embedded(), psycopg.connect(owner_uri()) as owner:
        assert owner.execute("SELECT said FROM word").fetchall() == [("kept",)]
