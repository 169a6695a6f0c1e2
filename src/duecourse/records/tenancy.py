"""Whose rows may be seen: a transaction with the database's scope set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connection, transaction

Scope = Iterable[int] | Literal["all"]


@contextmanager
def scope(creditors: Scope) -> Iterator[None]:
    """A transaction that sees the rows of these creditors only (`"all"` for the day, the worker and the command line)."""
    with transaction.atomic():
        set_scope(creditors)
        yield


def set_scope(creditors: Scope) -> None:
    """Set the scope until the end of the running transaction."""
    value = "all" if creditors == "all" else ",".join(str(int(c)) for c in sorted(set(creditors))) or "none"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('duecourse.creditors', %s, true)", [value])
