"""The customer's lock: whatever stops a contact and whatever starts one takes it first. And one for work done by one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection


def lock_customers(keys: Iterable[tuple[int, int]], *, skip_locked: bool = False) -> set[tuple[int, int]]:
    """Lock customers, given as (shard, id), until the transaction ends; returns those locked.

    Rows are locked in one order, so that two transactions never wait in a circle. With `skip_locked` a customer that
    someone else holds is left out instead of waited for.
    """
    pairs = sorted(set(keys))
    if not pairs:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.shard, c.id FROM customer c JOIN unnest(%s::smallint[], %s::bigint[]) AS k(shard, id)"
            " ON c.shard = k.shard AND c.id = k.id ORDER BY c.shard, c.id FOR NO KEY UPDATE OF c"
            + (" SKIP LOCKED" if skip_locked else ""),
            [[p[0] for p in pairs], [p[1] for p in pairs]],
        )
        return {(shard, id_) for shard, id_ in cursor.fetchall()}


@contextmanager
def alone(lock: int) -> Iterator[bool]:
    """False where another process is at it. PostgreSQL's advisory lock: a process that dies lets go of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
