"""Which database, and who we are there: the owner migrates, the application does everything else."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from duecourse.site.cluster import Cluster
from duecourse.site.home import home, secret_key
from duecourse.site.trouble import Trouble

APP_ROLE = "duecourse_app"
OWNER_ROLE = "duecourse_owner"


def owner_uri() -> str:
    """Address for libpq, psycopg and ADBC as the role that owns the tables; DATABASE_URL where it is set."""
    return _given("DATABASE_URL") or _embedded(OWNER_ROLE)


def app_uri() -> str:
    """Address as the application's role: row-level security applies, history cannot be changed.

    With DATABASE_URL it is DATABASE_APP_URL, else the same server with a password derived from our secret key.
    """
    if given := _given("DATABASE_APP_URL"):
        return given
    owner = _given("DATABASE_URL")
    if not owner:
        return _embedded(APP_ROLE)
    parts = urlsplit(owner)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{APP_ROLE}:{app_password()}@{place}"))


def app_password() -> str:
    """The application's password on a server of yours: derived, so that nothing more has to be stored."""
    return hmac.new(secret_key(home()).encode(), b"database role duecourse_app", hashlib.sha256).hexdigest()


def django_databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` is the application's role, `owner` is for migrations."""
    return {"default": _django(app_uri()), "owner": _django(owner_uri())}


def _given(name: str) -> str:
    uri = os.environ.get(name, "")
    if uri and urlsplit(uri).scheme not in ("postgres", "postgresql"):
        raise Trouble(
            f"{name} is not the address of a PostgreSQL server.",
            f"Write it as {name}=postgresql://user:password@host:5432/database",
        )
    return uri


def _embedded(role: str) -> str:
    return f"postgresql://{role}@/duecourse?host={quote(str(Cluster(home()).sockets))}"


def _django(uri: str) -> dict[str, Any]:
    parts = urlsplit(uri)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", "")) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {name: unquote(value) for name, value in options.items()},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
