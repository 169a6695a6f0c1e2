"""What this machine must have: each check says how it stands, and the mend where it does not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from duecourse.site.home import ROOM_NEEDED, home, prepare, require_room, secret_key
from duecourse.site.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Check:
    """`ok`, `hint` (works without it) or `fault`; what was found; the mend."""

    name: str
    state: Literal["ok", "hint", "fault"]
    found: str
    mend: str = ""


def checks(port: int) -> Iterator[Check]:
    """Every check in order. Starts the database to ask it, where none runs."""
    for name, look in (
        ("python", _python),
        ("data_folder", _folder),
        ("disk_space", _room),
        ("secret_key", _secret),
        ("port", lambda: _port(port)),
        ("learning", _learning),
        ("chromium", _chromium),
    ):
        yield _asked(name, look)
    yield from _database()


def _asked(name: str, look: Callable[[], Check | str]) -> Check:
    try:
        answer = look()
    except Trouble as trouble:
        return Check(name, "fault", trouble.what, trouble.mend)
    return Check(name, "ok", answer) if isinstance(answer, str) else answer


def _python() -> str:
    return f"Python {'.'.join(map(str, sys.version_info[:3]))}"


def _folder() -> str:
    return str(prepare(home()))


def _room() -> str:
    require_room(prepare(home()))
    return f"{shutil.disk_usage(home()).free >> 20} MB free, {ROOM_NEEDED >> 20} MB needed"


def _secret() -> Check | str:
    if os.environ.get("DUECOURSE_SECRET_KEY"):
        return "from DUECOURSE_SECRET_KEY"
    secret_key(home())
    file = home() / "secret_key"
    if file.stat().st_mode & 0o077:
        return Check("secret_key", "fault", f"{file} can be read by others.", f"Run: chmod 600 {file}")
    return str(file)


def _port(port: int) -> Check | str:
    from duecourse.site.supervise import require_free_port

    try:
        require_free_port("127.0.0.1", port)
    except Trouble as trouble:
        return Check("port", "hint", trouble.what, "Duecourse may be running. If not, use `duecourse up --port`.")
    return f"{port} is free"


def _learning() -> Check | str:
    from duecourse.core.predict.boosters import available

    if available():
        return "LightGBM is here: forecasts are learned from your book"
    return Check(
        "learning", "hint", "LightGBM is not here, so forecasts use plain averages.",
        "Run: pip install 'duecourse[ml]', and on Debian: sudo apt-get install libgomp1",
    )  # fmt: skip


def _chromium() -> Check | str:
    if found := shutil.which("chromium"):
        return found
    return Check("chromium", "hint", "Not installed. Only browser tests need it.", "Run: sudo apt-get install chromium")


def _database() -> Iterator[Check]:
    from duecourse.site.postgres import embedded

    try:
        with embedded():
            server = _asked("database", _server)
            yield server
            if server.state == "ok":
                yield _asked("migrations", _migrations)
                yield _asked("sending", _sending)
    except Trouble as trouble:
        yield Check("database", "fault", trouble.what, trouble.mend)


def _server() -> str:
    import psycopg

    from duecourse.site.database import owner_uri

    try:
        with psycopg.connect(owner_uri(), connect_timeout=5) as owner:
            version = owner.execute("SHOW server_version").fetchone()
    except psycopg.OperationalError as error:
        reason = str(error).splitlines()[0].rpartition("failed: ")[2]
        raise Trouble(f"The server does not let us in: {reason}", "Check the server and DATABASE_URL.") from error
    place = "server at DATABASE_URL" if os.environ.get("DATABASE_URL") else f"embedded, in {Path(home(), 'pg')}"
    return f"PostgreSQL {version[0] if version else ''}, {place}"


def _migrations() -> Check | str:
    import django

    from duecourse.site.migrate import pending

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duecourse.site.settings")
    django.setup()
    if left := pending():
        return Check(
            "migrations", "hint", f"{left} are to be applied.", "Run `duecourse migrate`; any command does it."
        )
    return "all applied"


def _sending() -> Check | str:
    from django.db import Error

    from duecourse.records.reads.sending import is_live

    try:
        live = is_live()
    except Error:
        return Check("sending", "hint", "Not known before the migrations.", "Run `duecourse migrate`.")
    return "live: messages leave this machine" if live else "sandbox: messages stay in the outbox page"
