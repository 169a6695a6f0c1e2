"""The files of the embedded server: private, whole or not there, and not to be confused by what a crash left."""

from __future__ import annotations

import os
import pwd
import subprocess
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from duecourse.site import cluster as module
from duecourse.site.cluster import Cluster
from duecourse.site.database import app_uri, owner_uri
from duecourse.site.postgres import embedded
from duecourse.site.trouble import Trouble
from tests.site.conftest import server_of

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends another user to the server")


def test_only_we_can_reach_it(own_home: Path) -> None:
    with embedded():
        cluster = Cluster(own_home)
        assert cluster.sockets.stat().st_mode & 0o777 == 0o700
        assert cluster.data.stat().st_mode & 0o077 == 0
        assert len(str(cluster.sockets / ".s.PGSQL.5432")) < 107


@needs_root
def test_the_server_is_not_root_and_no_folder_of_ours_was_opened(own_home: Path) -> None:
    own_home.mkdir(mode=0o700)
    before = own_home.parent.stat().st_mode, own_home.stat().st_mode
    with embedded():
        assert Path(f"/proc/{server_of(own_home)}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert (own_home.parent.stat().st_mode, own_home.stat().st_mode) == before


def test_the_application_is_bound(own_home: Path) -> None:
    with embedded(), psycopg.connect(app_uri()) as app:
        flags = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
        assert app.execute(f"SELECT {flags} FROM pg_roles WHERE rolname = current_user").fetchone() == (False,) * 4
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (a int)")


def test_the_owner_is_no_superuser(own_home: Path) -> None:
    with embedded(), psycopg.connect(owner_uri()) as owner:
        query = "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        assert owner.execute(query).fetchone() == (False, True)
        owner.execute("CREATE TABLE mine (a int)")


def test_a_trap_in_tmp_is_refused(own_home: Path, tmp_path: Path) -> None:
    runtime = Cluster(own_home).runtime
    runtime.symlink_to(tmp_path)
    try:
        with pytest.raises(Trouble, match="belongs to another user"), embedded():
            pass
    finally:
        runtime.unlink()


def test_half_a_set_up_is_thrown_away(own_home: Path) -> None:
    (own_home / "pg.new" / "base").mkdir(parents=True)
    with embedded(), psycopg.connect(owner_uri()) as owner:
        assert owner.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("guarded", [True, False], ids=["guard", "canary"])
def test_a_lock_file_that_names_another_process(own_home: Path, guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container the number in the lock file is soon another process's: PostgreSQL alone would refuse to start."""
    own_home.mkdir()
    (own_home / "log").mkdir()
    cluster = Cluster(own_home)
    cluster.create()
    if not guarded:
        monkeypatch.setattr(module, "clear_leftover", lambda data: None)
    with ExitStack() as stack:
        other = subprocess.Popen(["sleep", "60"], user=cluster.user)
        stack.callback(other.wait)
        stack.callback(other.kill)
        lock = cluster.data / "postmaster.pid"
        lock.write_text(f"{other.pid}\n{cluster.data}\n1\n5432\n{cluster.sockets}\n\n  1 1\nready\n")
        if cluster.user:
            os.chown(lock, cluster.user, -1)
        if guarded:
            server = cluster.start()
            server.terminate()
            server.wait()
        else:
            with pytest.raises(Trouble, match="lock file"):
                cluster.start()
        assert other.poll() is None  # not ours to kill


@needs_root
def test_a_user_without_a_name_is_told_what_to_do(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_home.mkdir()
    monkeypatch.setattr(Cluster, "user", 54321)
    with pytest.raises(Trouble, match="User number 54321 has no name"):
        Cluster(own_home).create()


def test_a_server_that_cannot_start_says_why(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUECOURSE_POSTGRES_OPTIONS", "-c shared_buffers=nonsense")
    with pytest.raises(Trouble, match="shared_buffers") as caught, embedded():
        pass
    assert str(own_home / "log" / "postgres.log") in caught.value.mend
