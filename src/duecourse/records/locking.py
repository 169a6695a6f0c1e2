"""The customer's lock: whatever stops a contact and whatever starts one takes it first."""

from __future__ import annotations

from collections.abc import Iterable

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
