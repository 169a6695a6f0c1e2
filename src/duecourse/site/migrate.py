"""Brings the database to this version: the application's role, then the migrations, as the owner."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from duecourse.site.database import APP_ROLE, app_password, app_uri, owner_uri
from duecourse.site.trouble import Trouble

_LOCK = 0x64_75_65  # one migration at a time on a server; the number is only a name


def ensure_migrated() -> int:
    """Applies what is missing and returns how many migrations that were. Quick when nothing is. Raises `Trouble`."""
    owner = connections["owner"]
    if not (count := pending()):
        return 0
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            if count := pending():  # another command may have been quicker
                ensure_app_role()
                call_command("migrate", database="owner", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return count


def pending() -> int:
    """How many migrations are still to be applied."""
    executor = MigrationExecutor(connections["owner"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def ensure_app_role() -> None:
    """On a server of yours: makes the application's role, or says what to run where we may not. Raises `Trouble`."""
    if not os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_APP_URL"):
        return
    try:
        with psycopg.connect(app_uri()):
            return
    except psycopg.OperationalError:
        pass  # no such role yet, or it has another password
    with psycopg.connect(owner_uri(), autocommit=True) as owner:
        known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        try:
            owner.execute(
                sql.SQL("{} ROLE {} LOGIN PASSWORD {} NOSUPERUSER NOBYPASSRLS").format(
                    verb, sql.Identifier(APP_ROLE), sql.Literal(app_password())
                )
            )
        except psycopg.errors.InsufficientPrivilege as error:
            server = urlsplit(owner_uri())
            host, database = server.hostname, server.path.lstrip("/")
            raise Trouble(
                f"{server.username} may not {'change' if known else 'create'} the role {APP_ROLE} on {host}.",
                f"Ask the server's administrator to run, with a password of their choice:\n"
                f"  {'ALTER' if known else 'CREATE'} ROLE {APP_ROLE} LOGIN PASSWORD '...' NOSUPERUSER NOBYPASSRLS;\n"
                f"  GRANT CONNECT ON DATABASE {database} TO {APP_ROLE};\n"
                f"Then set DATABASE_APP_URL=postgresql://{APP_ROLE}:PASSWORD@{host}/{database}",
            ) from error
