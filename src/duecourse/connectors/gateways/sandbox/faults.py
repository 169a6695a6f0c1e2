"""Faults to order, for tests: what a gateway and a network do on a bad day. They outlive a restart."""

from __future__ import annotations

import sqlite3

# name: what it does. Counters go down by one each time; the others stay until set to 0.
FAULTS = {
    "duplicate": "each webhook is sent this many times more",
    "hold": "webhooks wait while this is 1",
    "reverse": "the newest webhook is sent first while this is 1",
    "delay_ms": "a new webhook waits this long",
    "lose": "counter: the next webhooks are never sent",
    "forge": "counter: the next webhooks are first sent with a wrong signature",
    "fail": "counter: the next calls are answered 503 and do nothing",
    "forget": "counter: the next calls are carried out, and then answered 503",
    "slow_ms": "each call waits this long before its answer",
}
COUNTERS = {"lose", "forge", "fail", "forget"}


def order(db: sqlite3.Connection, wanted: dict[str, object]) -> dict[str, int]:
    """Set faults; answers all that hold. Raises ValueError for one that does not exist."""
    for name, value in wanted.items():
        if name not in FAULTS or type(value) is not int or not 0 <= value <= 1_000_000:
            raise ValueError(f"Faults are whole numbers from 0 to 1000000, by these names: {', '.join(FAULTS)}")
        db.execute("insert or replace into fault values (?, ?)", (name, value))
    return {row["name"]: row["value"] for row in db.execute("select * from fault where value > 0 order by name")}


def holds(db: sqlite3.Connection, name: str) -> int:
    """The value of a fault; a counter is used up by one."""
    row = db.execute("select value from fault where name = ?", (name,)).fetchone()
    value: int = row["value"] if row else 0
    if value and name in COUNTERS:
        db.execute("update fault set value = value - 1 where name = ?", (name,))
    return value
