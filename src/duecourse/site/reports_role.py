"""A role of its own for a reporting tool: it reads the views of the schema `reports`, and nothing else."""

from __future__ import annotations

import os
import secrets
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from duecourse.records.roles import REPORTS_ROLE, grant
from duecourse.site.database import owner_uri
from duecourse.site.trouble import Trouble


def open_reports() -> str:
    """Make the role, or give it a new password; the address for the tool. Raises `Trouble`."""
    password = secrets.token_urlsafe(24)
    with psycopg.connect(owner_uri(), autocommit=True) as owner:
        known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [REPORTS_ROLE]).fetchone()
        statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"), sql.Identifier(REPORTS_ROLE), sql.Literal(password)
        )
        try:
            owner.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Trouble(
                f"The database's owner may not make the role {REPORTS_ROLE}.",
                f"Ask the server's administrator for: CREATE ROLE {REPORTS_ROLE} LOGIN PASSWORD '...';",
            ) from error
        owner.execute(
            sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(sql.Identifier(REPORTS_ROLE))
        )
    grant()
    parts = urlsplit(owner_uri())
    place = parts.netloc.rpartition("@")[2]
    # The embedded server is reached through its socket, which lets in whoever may read its folder.
    who = f"{REPORTS_ROLE}:{password}" if os.environ.get("DATABASE_URL") else REPORTS_ROLE
    return urlunsplit(parts._replace(netloc=f"{who}@{place}"))


def close_reports() -> bool:
    """Let the role in no more; False where there is none."""
    with psycopg.connect(owner_uri(), autocommit=True) as owner:
        if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [REPORTS_ROLE]).fetchone() is None:
            return False
        owner.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(REPORTS_ROLE)))
        return True
