"""With DATABASE_URL the same on a server of yours: roles, migrations, and clear words where the server says no."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from duecourse.site.cluster import Cluster
from duecourse.site.database import app_uri, django_databases
from duecourse.site.postgres import embedded
from duecourse.site.supervise import free_port
from duecourse.site.trouble import Trouble


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server as an administrator gives it: an address by TCP, a role with a password, a database."""

    uri: str
    admin: str

    def run(self, sql: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as admin:
            admin.execute(sql)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Played by the embedded binaries, reached by TCP with a password."""
    port = free_port("127.0.0.1", 35432)
    home = tmp_path / "server"
    monkeypatch.setenv("DUECOURSE_POSTGRES_OPTIONS", f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off")
    with embedded(home):
        monkeypatch.setenv("DUECOURSE_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("DATABASE_URL", f"postgresql://keeper_of_books:s%40crt@127.0.0.1:{port}/books")
        found = Server(
            os.environ["DATABASE_URL"], f"postgresql://postgres@/postgres?host={Cluster(home).sockets}&port={port}"
        )
        found.run("CREATE ROLE keeper_of_books LOGIN CREATEROLE PASSWORD 's@crt'")
        found.run("CREATE DATABASE books OWNER keeper_of_books")
        found.run("DROP ROLE duecourse_app")  # the embedded set-up made it; a server of yours has none
        yield found


def _duecourse(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "duecourse.interfaces.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_first_command_makes_role_and_tables(server: Server, tmp_path: Path) -> None:
    assert _duecourse("migrate").stderr == ""
    with psycopg.connect(app_uri()) as app:
        row = app.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == ("duecourse_app", False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM entry")
    with psycopg.connect(server.uri) as owner:
        tables = owner.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert tables == [("keeper_of_books",)]
    assert not (tmp_path / "home" / "pg").exists()  # no embedded server beside it
    checks = {check["name"]: check for check in json.loads(_duecourse("doctor", "--json").stdout)["checks"]}
    assert "DATABASE_URL" in checks["database"]["found"]
    assert checks["migrations"]["state"] == "ok"


def test_a_second_command_changes_nothing(server: Server) -> None:
    for _ in range(2):
        assert _duecourse("migrate").returncode == 0


def test_a_server_that_lets_us_make_no_role_says_what_to_run(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.run("ALTER ROLE keeper_of_books NOCREATEROLE")
    said = _duecourse("migrate")
    assert said.returncode == 1
    assert "keeper_of_books may not create the role duecourse_app" in said.stderr
    assert "Traceback" not in said.stderr
    wanted = next(line.strip() for line in said.stderr.splitlines() if line.strip().startswith("CREATE ROLE"))

    server.run(wanted.replace("'...'", "'theirs'"))  # the administrator does as told
    server.run("GRANT CONNECT ON DATABASE books TO duecourse_app")
    place = server.uri.rpartition("@")[2]
    monkeypatch.setenv("DATABASE_APP_URL", f"postgresql://duecourse_app:theirs@{place}")
    assert _duecourse("migrate").stderr == ""
    with psycopg.connect(app_uri()) as app:
        assert app.execute("SELECT count(*) FROM entry").fetchone() == (0,)


def test_a_new_data_folder_for_an_old_database(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes from the folder's secret key: with another folder it is set anew."""
    assert _duecourse("migrate").returncode == 0
    monkeypatch.setenv("DUECOURSE_HOME", str(tmp_path / "another"))
    assert _duecourse("migrate").stderr == ""
    with psycopg.connect(app_uri()) as app:
        assert app.execute("SELECT current_user").fetchone() == ("duecourse_app",)


@pytest.mark.parametrize("who", ["owner", "superuser"])
def test_an_application_above_the_rules_is_refused(server: Server, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server.run("CREATE ROLE boss LOGIN SUPERUSER PASSWORD 'b'")
    place = server.uri.rpartition("@")[2]
    monkeypatch.setenv("DATABASE_APP_URL", server.uri if who == "owner" else f"postgresql://boss:b@{place}")
    said = _duecourse("migrate")
    assert said.returncode == 1
    assert "above the database's rules" in said.stderr


def test_a_server_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUECOURSE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner:geheim@127.0.0.1:9/books")
    said = _duecourse("migrate")
    assert said.returncode == 1
    assert said.stderr.startswith("The database cannot be reached.")
    doctor = _duecourse("doctor")
    assert doctor.returncode == 1
    assert "refused" in doctor.stdout
    assert "geheim" not in said.stderr + doctor.stdout + (tmp_path / "log" / "errors.log").read_text()


ADDRESSES = [
    (
        "postgresql://u:p%40ss@db.example.org:6432/books?sslmode=require",
        ("u", "p@ss", "db.example.org", "6432", "books"),
    ),
    ("postgres://u@/books?host=/run/pg", ("u", "", "/run/pg", "", "books")),
]


@pytest.mark.parametrize(("uri", "parts"), ADDRESSES)
def test_addresses(uri: str, parts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", uri)
    owner = django_databases()["owner"]
    assert tuple(owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")) == parts
    assert owner["OPTIONS"].get("sslmode") == ("require" if "sslmode" in uri else None)
    assert django_databases()["default"]["USER"] == "duecourse_app"


def test_another_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://u@localhost/x")
    with pytest.raises(Trouble, match="not the address of a PostgreSQL server"):
        django_databases()
