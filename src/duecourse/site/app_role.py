"""The application's role on a server of yours: made where we may, else said what to run."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from duecourse.site.database import APP_ROLE, app_password, app_uri, owner_uri
from duecourse.site.trouble import Trouble

_LOCK = 0x64_75_66  # one at a time on a server; the number is only a name

_FREE = """SELECT rolname FROM pg_roles WHERE rolname = current_user
            AND (rolsuper OR rolbypassrls OR pg_has_role(rolname, %s, 'USAGE'))"""


def ensure_app_role() -> None:
    """Where DATABASE_URL names the server: the application's role is there and bound by the rules. Raises `Trouble`."""
    if not os.environ.get("DATABASE_URL"):
        return
    if not _may_sign_in() and not os.environ.get("DATABASE_APP_URL"):
        _make()


def _make() -> None:
    with psycopg.connect(owner_uri(), autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])  # dropped with the connection
        if _may_sign_in():  # another command was quicker
            return
        known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
        verb = "ALTER" if known else "CREATE"
        statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}")  # bound by the rules unless it says otherwise
        try:
            owner.execute(statement.format(sql.SQL(verb), sql.Identifier(APP_ROLE), sql.Literal(app_password())))
        except psycopg.errors.InsufficientPrivilege as error:
            raise _ask_the_administrator(verb) from error


def _may_sign_in() -> bool:
    owner = unquote(urlsplit(owner_uri()).username or "")
    try:
        with psycopg.connect(app_uri()) as app:
            free = app.execute(_FREE, [owner]).fetchone()
    except psycopg.OperationalError:
        return False  # no such role yet, or it has another password
    if free:
        raise Trouble(
            f"The role {free[0]} is above the database's rules, so customers' rows would not be kept apart.",
            f"Set DATABASE_APP_URL to a role that is neither superuser nor {owner}.",
        )
    return True


def _ask_the_administrator(verb: str) -> Trouble:
    server = urlsplit(owner_uri())
    host, database = server.hostname, server.path.lstrip("/")
    return Trouble(
        f"{server.username} may not {verb.lower()} the role {APP_ROLE} on {host}.",
        f"Ask the server's administrator to run this, with a password of their choice:\n"
        f"  {verb} ROLE {APP_ROLE} LOGIN PASSWORD '...' NOSUPERUSER NOBYPASSRLS;\n"
        f"  GRANT CONNECT ON DATABASE {database} TO {APP_ROLE};\n"
        f"Then set DATABASE_APP_URL=postgresql://{APP_ROLE}:PASSWORD@{host}/{database}",
    )
