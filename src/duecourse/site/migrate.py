"""Brings the database to this version: the application's role, then the migrations, as the owner."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from duecourse.site.app_role import ensure_app_role

_LOCK = 0x64_75_65  # one migration at a time on a server; the number is only a name


def ensure_migrated() -> int:
    """Applies what is missing and returns how many migrations that were. Quick when nothing is. Raises `Trouble`."""
    ensure_app_role()
    if not (count := pending()):
        return 0
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            if count := pending():  # another command may have been quicker
                call_command("migrate", database="owner", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return count


def pending() -> int:
    """How many migrations are still to be applied."""
    executor = MigrationExecutor(connections["owner"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
