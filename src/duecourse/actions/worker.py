"""A worker's life: a lock that the database drops when the worker dies, so that the dead are known at once."""

from __future__ import annotations

import secrets
from pathlib import Path
from types import TracebackType

from django.db import connection

from duecourse.actions.flight_log import FlightLog


class WorkerLost(RuntimeError):
    """The database connection that proves we live was lost: what we marked is no longer ours to send."""


class Worker:
    """Holds advisory lock `id` on Django's connection and its flight log, from enter to exit."""

    def __init__(self, folder: Path) -> None:
        self.id = secrets.randbits(62)
        self.folder = folder
        self._backend = 0

    def __enter__(self) -> Worker:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid() FROM pg_advisory_lock(%s)", [self.id])
            (self._backend,) = cursor.fetchone()
        self.log = FlightLog(self.folder, self.id)
        return self

    def prove_alive(self) -> None:
        """Raises WorkerLost where Django has silently connected anew, which dropped the lock."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            if cursor.fetchone()[0] != self._backend:
                raise WorkerLost("the connection to the database was lost")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.log.__exit__(kind, error, trace)
        if kind is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [self.id])


def is_dead(worker: int) -> bool:
    """True where no session holds this worker's lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [worker])
        return bool(cursor.fetchone()[0])
