"""Rows as Arrow: bulk reads over ADBC and bulk writes by COPY, never row by row."""

from __future__ import annotations

import threading
import zlib
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
    try:
        return _fetch(sql)
    except (adbc.OperationalError, adbc.InternalError):
        # The server went away since the last read. Reading again changes nothing, so once more on a new connection.
        close()
        return _fetch(sql)


def _fetch(sql: str) -> pl.DataFrame:
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
    """Append a frame to a table, column by name, in Django's running transaction.

    COPY of CSV that Polars writes: one pass in native code, no Python object per value. PostgreSQL refuses COPY into a
    table with row-level security, so it goes into a temporary table and from there, checked by the policy, into the table.
    """
    if frame.height == 0:
        return
    names = [*frame.columns, *(constants or {})]
    columns = ", ".join(f'"{c}"' for c in names)
    stage = f"stage_{table}_{zlib.crc32(columns.encode()):08x}"
    staged = ", ".join(f'"{c}"' for c in frame.columns)
    values = ", ".join([*(f'"{c}"' for c in frame.columns), *("%s" for _ in constants or {})])
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMP TABLE IF NOT EXISTS "{stage}" ON COMMIT DELETE ROWS AS SELECT {staged} FROM "{table}" WITH NO DATA;'
            f'TRUNCATE "{stage}"'
        )
        with cursor.copy(f"COPY \"{stage}\" ({staged}) FROM STDIN (FORMAT csv, NULL '\\N')") as copy:
            for start in range(0, frame.height, 50_000):
                copy.write(frame.slice(start, 50_000).write_csv(None, include_header=False, null_value="\\N"))
        cursor.execute(
            f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{stage}"', list((constants or {}).values())
        )


def keys(pairs: Sequence[tuple[int, int]]) -> str:
    """(shard, id) pairs as an SQL set for `(shard, customer_id) IN (...)`."""
    shards = ",".join(str(int(s)) for s, _ in pairs)
    ids = ",".join(str(int(i)) for _, i in pairs)
    return f"SELECT * FROM unnest('{{{shards}}}'::smallint[], '{{{ids}}}'::bigint[])"


def fresh_ids(n: int) -> pl.Series:
    """`n` fresh ids of the book's sequence, as a column."""
    return read(f"SELECT nextval('ids') AS id FROM generate_series(1, {int(n)})")["id"]
