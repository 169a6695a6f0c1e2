"""The same key with the same request gets the same answer; with another request it is refused."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable

from duecourse.connectors.gateways.sandbox.payments import Json, Problem


def once(db: sqlite3.Connection, key: str, request: bytes, act: Callable[[], Json]) -> tuple[int, Json]:
    """Carry out `act` for a new key. Raises Problem 400 without a key and 422 for one used otherwise."""
    if not 8 <= len(key) <= 200:
        raise Problem(400, "idempotency_key_missing")
    digest = hashlib.sha256(request).hexdigest()
    row = db.execute("select * from answered where key = ?", (key,)).fetchone()
    if row is not None:
        if row["request_hash"] != digest:
            raise Problem(422, "idempotency_key_reused")
        return row["status"], json.loads(row["body"])
    answer = act()
    db.execute("insert into answered values (?, ?, 201, ?)", (key, digest, json.dumps(answer)))
    return 201, answer
