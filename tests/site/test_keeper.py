"""The embedded server lives exactly as long as somebody uses it, however they end."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from duecourse.site.cluster import Cluster
from duecourse.site.database import app_uri, owner_uri
from duecourse.site.postgres import embedded
from tests.site.conftest import holds, keeper_of, kill, leave, processes_of, server_of, wait_until


def _write() -> None:
    with psycopg.connect(owner_uri()) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS word (said text)")
        owner.execute("INSERT INTO word VALUES ('kept')")


def _read() -> list[tuple[str]]:
    with psycopg.connect(owner_uri()) as owner:
        return owner.execute("SELECT said FROM word").fetchall()


def assert_gone(home: Path) -> None:
    """The command waited for the server to stop; only the keeper's own last breath may remain."""
    wait_until(lambda: processes_of(home) == [], "the server outlived its last user", seconds=0.3)


def test_it_stops_after_the_last_user_and_finds_its_data_again(own_home: Path) -> None:
    with embedded():
        _write()
    assert_gone(own_home)
    with embedded():
        assert _read() == [("kept",)]


def test_nothing_stays_in_tmp(own_home: Path) -> None:
    with embedded():
        assert Cluster(own_home).sockets.exists()
    assert not Cluster(own_home).sockets.exists()


def test_two_commands_at_once_share_one_server(own_home: Path, hold) -> None:
    commands = [hold() for _ in range(4)]
    assert all(holds(command) for command in commands)
    server = server_of(own_home)
    for command in commands[:3]:  # the one that started it is among them, or stays: both must do
        leave(command)
        assert server_of(own_home) == server
        with psycopg.connect(owner_uri()) as owner:
            assert owner.execute("SELECT 1").fetchone() == (1,)
    leave(commands[3])
    assert_gone(own_home)


def test_kill_9_of_the_only_command_leaves_no_orphan(own_home: Path, hold) -> None:
    command = hold()
    assert holds(command)
    _write()
    command.kill()
    command.wait()
    wait_until(lambda: processes_of(own_home) == [], "the server outlived the command", seconds=3)
    began = time.monotonic()
    with embedded():
        assert _read() == [("kept",)]
    assert time.monotonic() - began < 3


def test_kill_9_of_one_command_leaves_the_server_to_the_other(own_home: Path, hold) -> None:
    first, second = hold(), hold()
    assert holds(first)
    assert holds(second)
    server = server_of(own_home)
    first.kill()
    first.wait()
    time.sleep(0.3)
    assert server_of(own_home) == server
    leave(second)


def test_kill_9_of_the_keeper_takes_the_server_with_it(own_home: Path, hold) -> None:
    command = hold()
    assert holds(command)
    _write()
    kill(keeper_of(own_home))
    wait_until(lambda: processes_of(own_home) == [command.pid], "the server outlived its keeper")
    with embedded():  # at once, with a new keeper
        assert _read() == [("kept",)]


def test_a_killed_server_is_started_again_for_those_who_use_it(own_home: Path) -> None:
    with embedded():
        _write()
        killed = server_of(own_home)
        kill(killed)

        def is_back() -> bool:
            try:
                return server_of(own_home) != killed and _read() == [("kept",)]
            except (psycopg.OperationalError, OSError, ValueError):
                return False

        wait_until(is_back, "the server did not come back")


def test_kill_9_of_everything_while_it_is_set_up(own_home: Path, hold) -> None:
    command = hold()
    wait_until((own_home / "pg.new").exists, "the set-up never began")
    kill(keeper_of(own_home))
    command.kill()
    command.wait()
    with embedded(), psycopg.connect(app_uri()) as app:
        assert app.execute("SELECT current_user").fetchone() == ("duecourse_app",)


def test_a_new_command_waits_for_the_old_server_to_stop(own_home: Path, hold) -> None:
    for _ in range(3):
        command = hold()
        assert holds(command)
        command.kill()  # its server is still stopping when the next command comes
        with embedded():
            _write()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("jit", "off"),
        ("max_wal_size", "4GB"),
        ("server_encoding", "UTF8"),
        ("data_checksums", "on"),
        ("log_min_error_statement", "panic"),
    ],
)
def test_settings(durable: dict[str, str], setting: str, value: str) -> None:
    assert durable[setting] == value


@pytest.fixture(scope="module")
def durable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a server as users get it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUECOURSE_HOME", str(tmp_path_factory.mktemp("durable")))
        patch.delenv("DUECOURSE_POSTGRES_OPTIONS")
        with embedded(), psycopg.connect(owner_uri()) as owner:
            return dict(owner.execute("SELECT name, current_setting(name) FROM pg_settings").fetchall())
