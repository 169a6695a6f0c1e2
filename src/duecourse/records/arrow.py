"""Rows as Arrow: bulk reads over ADBC and bulk writes by COPY, never row by row."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import adbc_driver_postgresql.dbapi as adbc
import polars as pl
from django.db import connection

_local = threading.local()


def uri(*, creditors: str = "all") -> str:
    """The application role's connection as an ADBC address, with its scope set."""
    params = connection.get_connection_params()
    query = {"host": params.get("host") or "", "options": f"-c duecourse.creditors={creditors}"}
    if params.get("port"):
        query["port"] = str(params["port"])
    if params.get("sslmode"):
        query["sslmode"] = params["sslmode"]
    who = quote(params.get("user") or "", safe="")
    if params.get("password"):
        who += ":" + quote(params["password"], safe="")
    return f"postgresql://{who}@/{quote(params['dbname'])}?{urlencode(query, quote_via=quote)}"


def read(sql: str) -> pl.DataFrame:
    """The rows of a query as a frame. The statement is built from numbers and names of our own only."""
    with _reader().cursor() as cursor:
        cursor.execute(sql)
        return pl.DataFrame(cursor.fetch_arrow_table())


def _reader() -> Any:
    """This thread's own reading connection, in autocommit: each query sees what is committed when it starts."""
    address = uri()
    if getattr(_local, "address", None) != address:
        close()
        _local.connection = adbc.connect(address, autocommit=True)
        _local.address = address
    return _local.connection


def close() -> None:
    """Close this thread's reading connection, if there is one."""
    held = getattr(_local, "connection", None)
    _local.connection = _local.address = None
    if held is not None:
        held.close()


def copy_into(table: str, frame: pl.DataFrame, *, constants: Mapping[str, Any] | None = None) -> None:
    """COPY a frame into a table, column by name, in Django's running transaction.

    Text format through CSV that Polars writes: one pass in native code, no Python object per value. Lists must have
    been turned into text by the caller.
    """
    whole = frame.with_columns(**{k: pl.lit(v) for k, v in (constants or {}).items()})
    columns = ", ".join(f'"{c}"' for c in whole.columns)
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv, NULL \'\\N\')') as copy:
            for start in range(0, whole.height, 50_000):
                copy.write(whole.slice(start, 50_000).write_csv(None, include_header=False, null_value="\\N"))


def keys(pairs: Sequence[tuple[int, int]]) -> str:
    """(shard, id) pairs as an SQL set for `(shard, customer_id) IN (...)`."""
    shards = ",".join(str(int(s)) for s, _ in pairs)
    ids = ",".join(str(int(i)) for _, i in pairs)
    return f"SELECT * FROM unnest('{{{shards}}}'::smallint[], '{{{ids}}}'::bigint[])"


def fresh_ids(n: int) -> pl.Series:
    """`n` fresh ids of the book's sequence, as a column."""
    return read(f"SELECT nextval('ids') AS id FROM generate_series(1, {int(n)})")["id"]
